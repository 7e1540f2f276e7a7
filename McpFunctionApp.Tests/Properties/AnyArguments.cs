using System.Globalization;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Properties;

/// <summary>
/// Arguments that a client would make from a tool's JSON Schema: any subset of the parameters with all required ones,
/// values as the schema allows. Where options are not listed, the form's own labels, which the description asks for.
/// </summary>
internal sealed class AnyArguments
{
    private const int LongestText = 200;

    private static readonly string[] s_characters =
    [
        "a",
        "Z",
        "0",
        " ",
        "\"",
        "\\",
        "<",
        "&",
        "\n",
        "\u0000",
        "é",
        "日",
        "🙂",
        "\u200b",
        "\u2028",
    ];
    private static readonly string[] s_numbers =
    [
        "0",
        "-0",
        "1.50",
        "1e2",
        "42",
        "-7",
        "12345678901234567890.123",
        "9007199254740993",
        "1e-400",
        "1e300",
    ];

    private readonly Random _random;

    private AnyArguments(Random random) => _random = random;

    /// <summary>Each argument's JSON by its parameter.</summary>
    public SortedDictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    public JsonElement Json =>
        JsonElement.Parse(
            $"{{{string.Join(',', Values.Select(value => $"{AnyJson.Write(value.Key, relaxed: true)}:{value.Value}"))}}}"
        );

    /// <returns>Null for the few forms that no call can satisfy: one key for two required fields, or an endless shortest
    /// text.</returns>
    public static AnyArguments? For(FormSchema schema, Random random)
    {
        var arguments = new AnyArguments(random);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var required = schema.InputSchema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet()
            : [];
        foreach (var property in schema.Properties.OrderByDescending(property => required.Contains(property.Key)))
        {
            var isRequired = required.Contains(property.Key);
            var value =
                isRequired || random.Next(2) == 0
                    ? arguments.Value(schema.InputSchema.GetProperty("properties").GetProperty(property.Key), property)
                    : null;
            if (value is not null && taken.Add(property.OriginalKey))
            {
                arguments.Values[property.Key] = value;
            }
            else if (isRequired)
            {
                return null;
            }
        }

        return arguments;
    }

    private string? Value(JsonElement schema, FormProperty property) =>
        schema.GetProperty("type").GetString() switch
        {
            "number" or "integer" => Number(schema),
            "boolean" => _random.Next(2) == 0 ? "true" : "false",
            "array" => Several(schema.GetProperty("items"), property),
            _ when property.Kind == PropertyKind.Date => "\"2026-11-25\"",
            _ when property.Kind == PropertyKind.DateTime => "\"2026-11-25T14:30:00Z\"",
            _ => Text(schema, property),
        };

    private string? Several(JsonElement items, FormProperty property)
    {
        var entries = Enumerable.Range(0, _random.Next(property.Required ? 1 : 0, 5)).Select(_ => Text(items, property)).ToList();
        return entries.Contains(null) ? null : $"[{string.Join(',', entries.Distinct())}]";
    }

    private string? Text(JsonElement schema, FormProperty property)
    {
        if (!property.Options.IsEmpty)
        {
            // One that stands for nothing does not fill a required field.
            var filling = property
                .Options.Where(option => !property.Required || option.ValueJson.Trim('"', ' ').Length > 0)
                .ToList();
            return filling.Count == 0 ? null : Write(filling[_random.Next(filling.Count)].Label);
        }

        var min = schema.TryGetProperty("minLength", out var shortest) ? shortest.GetInt32() : 0;
        var max = Math.Min(LongestText, schema.TryGetProperty("maxLength", out var longest) ? longest.GetInt32() : LongestText);
        if (min > max)
        {
            return null;
        }

        var length = _random.Next(4) switch
        {
            0 => min,
            1 => max,
            _ => _random.Next(min, max + 1),
        };
        var rest = string.Concat(Enumerable.Range(1, Math.Max(0, length - 1)).Select(_ => Pick(s_characters)));
        return Write(
            property.Required ? $"x{rest}"
            : length == 0 ? ""
            : Pick(s_characters) + rest
        );
    }

    private string Number(JsonElement schema)
    {
        var min = schema.TryGetProperty("minimum", out var least) ? least.GetRawText() : null;
        var max = schema.TryGetProperty("maximum", out var most) ? most.GetRawText() : null;
        var fitting = s_numbers
            .Append(min)
            .Append(max)
            .OfType<string>()
            .Where(number => !(Double(number) < Double(min)) && !(Double(number) > Double(max)));
        return Pick([.. fitting]);
    }

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private string Write(string text) => AnyJson.Write(text, _random.Next(2) == 0);

    private static double? Double(string? number) => number is null ? null : double.Parse(number, CultureInfo.InvariantCulture);
}
