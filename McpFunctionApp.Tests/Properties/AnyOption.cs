using FsCheck;
using FsCheck.Fluent;

namespace McpFunctionApp.Tests.Properties;

/// <summary>An option as a form writes it, and what the form must be sent for it: null where it is no option at all.</summary>
internal sealed record AnyOption(string Json, string? Submitted)
{
    private static readonly string[] s_submitted = ["value", "id", "name", "label"];

    // Visible, so that it is an option for certain.
    private static readonly Gen<string> s_text = AnyJson.Text.SelectMany(text =>
        Gen.Elements(true, false).Select(relaxed => AnyJson.Write($"o{text}", relaxed))
    );

    private static readonly Gen<string?> s_member = Gen.Frequency(
        (5, s_text.Select(text => (string?)text)),
        (4, AnyJson.Number.Select(number => (string?)number)),
        (3, Gen.Elements<string?>("null", "\"\"", "true", "false", "{}", "[1]")),
        (4, Gen.Constant<string?>(null))
    );

    private static readonly Gen<AnyOption> s_object =
        from label in s_member
        from name in s_member
        from value in s_member
        from id in s_member
        select OfMembers(
            new()
            {
                ["id"] = id,
                ["label"] = label,
                ["$ref"] = "\"#\"",
                ["value"] = value,
                ["name"] = name,
            }
        );

    public static Gen<AnyOption> Generator { get; } =
        Gen.Frequency(
            (4, s_text.Select(text => new AnyOption(text, text))),
            (2, AnyJson.Number.Select(number => new AnyOption(number, number))),
            (6, s_object),
            (1, Gen.Elements("null", "\"\"", "[]", "{}", "[[\"x\"]]").Select(json => new AnyOption(json, null)))
        );

    private static AnyOption OfMembers(Dictionary<string, string?> members)
    {
        var json = $"{{{string.Join(',', members.Where(m => m.Value is not null).Select(m => $"\"{m.Key}\":{m.Value}"))}}}";
        var present = s_submitted.Select(name => members[name]).Where(value => value is not (null or "null" or "{}")).ToList();
        return new AnyOption(json, present.All(value => value is "\"\"" or "[1]") ? null : present[0]);
    }
}
