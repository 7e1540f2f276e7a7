using System.Globalization;
using System.Text.RegularExpressions;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Tests.Docs;

/// <summary>A setting as its attribute describes it, with what its reader says of its kind, its limits and its default.</summary>
/// <param name="Type">A type of JSON Schema: <c>string</c>, <c>integer</c>, <c>number</c> or <c>boolean</c>.</param>
/// <param name="Range">The least and the most, of a number.</param>
/// <param name="ReaderDefault">What the reader takes where nothing is set; null where it is a text.</param>
/// <param name="IsListOrText">Whether a list may also be written as one text.</param>
internal sealed partial record DescribedSetting(
    SettingAttribute Description,
    string Type,
    (string Least, string Most)? Range,
    string? ReaderDefault,
    bool IsListOrText
)
{
    private const string Nonsense = "?";

    public string Name => Description.Name;

    public string[] Path { get; } = Description.Name.Split(':');

    public bool IsList => Path[^1] == "0";

    /// <summary>In the order of their names. What only the readers know is asked of them, by values that they refuse.</summary>
    public static IReadOnlyList<DescribedSetting> All { get; } = ReadAll();

    /// <summary>The name as it may stand in a configuration.</summary>
    public static string Example(string name) =>
        Placeholder().Replace(name.Replace("{entity}", "user", StringComparison.Ordinal), "name");

    private static List<DescribedSetting> ReadAll()
    {
        var descriptions = typeof(SettingAttribute)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(SettingAttribute), inherit: false).Cast<SettingAttribute>())
            .OrderBy(description => description.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        var faults = FaultsOf(descriptions.Select(description => description.Name));
        var listFaults = FaultsOf(descriptions.Select(description => ListOf(description.Name)).OfType<string>());
        return [.. descriptions.Select(one => Of(one, FaultOf(one.Name, faults), listFaults))];
    }

    private static IReadOnlyList<string> FaultsOf(IEnumerable<string> names) =>
        SettingsStart.Of([.. names.Select(name => (Example(name), (string?)Nonsense))]).Faults;

    /// <summary>The list's own name, of the name of its entry; null where it is none.</summary>
    private static string? ListOf(string name) => name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : null;

    private static DescribedSetting Of(SettingAttribute description, string fault, IReadOnlyList<string> listFaults)
    {
        if (Number().Match(fault) is { Success: true } number)
        {
            var type = number.Groups[1].Length > 0 ? "integer" : "number";
            return new(description, type, (number.Groups[2].Value, number.Groups[3].Value), number.Groups[4].Value, false);
        }

        if (Truth().Match(fault) is { Success: true } truth)
        {
            return new(description, "boolean", null, truth.Groups[1].Value, false);
        }

        var mayBeText =
            ListOf(description.Name) is { } list
            && !listFaults.Any(one => one.StartsWith($"{list} is a list", StringComparison.Ordinal));
        return new(description, "string", null, null, mayBeText);
    }

    private static string FaultOf(string name, IReadOnlyList<string> faults) =>
        faults.FirstOrDefault(fault => fault.StartsWith($"{Example(name)} ", StringComparison.Ordinal)) ?? "";

    /// <summary>Digits in groups of three, as the page shows them.</summary>
    public static string Grouped(string number) =>
        long.TryParse(number, CultureInfo.InvariantCulture, out var whole)
            ? whole.ToString("N0", CultureInfo.InvariantCulture)
            : number;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"must be a (whole )?number from (\S+) to ([^ ,]+).*\(default (\S+)\)\.$")]
    private static partial Regex Number();

    [GeneratedRegex(@"must be true or false \(default (\w+)\)\.$")]
    private static partial Regex Truth();
}
