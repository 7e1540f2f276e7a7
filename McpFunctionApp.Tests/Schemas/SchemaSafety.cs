using System.Text;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>
/// Fails where some known MCP client would reject a tool's input schema, or where text of a form reaches a model that
/// should not: what "Tool schemas that clients reject" of the specification notes lists, and the rules of the design.
/// </summary>
internal static partial class SchemaSafety
{
    private static readonly string[] s_top = ["type", "properties", "required", "additionalProperties"];
    private static readonly string[] s_text =
    [
        "type",
        "title",
        "description",
        "enum",
        "minLength",
        "maxLength",
        "pattern",
        "default",
    ];
    private static readonly string[] s_number = ["type", "title", "description", "minimum", "maximum", "default"];
    private static readonly string[] s_boolean = ["type", "title", "description", "default"];
    private static readonly string[] s_array =
    [
        "type",
        "title",
        "description",
        "items",
        "uniqueItems",
        "minItems",
        "maxItems",
        "default",
    ];
    private static readonly string[] s_items = ["type", "enum"];

    private static readonly string[] s_prototype =
    [
        "__proto__",
        "constructor",
        "prototype",
        "toString",
        "valueOf",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
    ];

    public static void Check(JsonElement schema, int maxBytes = 65_536)
    {
        OnlyMembers(schema, s_top);
        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.False, schema.GetProperty("additionalProperties").ValueKind);
        Assert.InRange(Encoding.UTF8.GetByteCount(schema.GetRawText()), 1, maxBytes);
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            Assert.Matches(Key(), property.Name);
            Assert.DoesNotContain(property.Name, s_prototype);
            CheckProperty(property.Value);
        }

        var keys = schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Distinct(keys);
        if (schema.TryGetProperty("required", out var required))
        {
            var names = required.EnumerateArray().Select(name => name.GetString()!).ToList();
            Assert.NotEmpty(names);
            Assert.Distinct(names);
            Assert.Empty(names.Except(keys));
        }
    }

    private static void CheckProperty(JsonElement property)
    {
        if (property.TryGetProperty("description", out var description))
        {
            CheckDescription(description.GetString()!);
        }

        if (property.TryGetProperty("title", out var title))
        {
            CheckDescription(title.GetString()!, 256);
        }

        switch (property.GetProperty("type").GetString())
        {
            case "string":
                OnlyMembers(property, s_text);
                CheckText(property);
                break;
            case "boolean":
                OnlyMembers(property, s_boolean);
                break;
            case "number" or "integer":
                OnlyMembers(property, s_number);
                CheckNumber(property);
                break;
            case "array":
                OnlyMembers(property, s_array);
                CheckArray(property);
                break;
            case var other:
                Assert.Fail($"type {other}");
                break;
        }
    }

    public static void CheckDescription(string text, int limit = 512)
    {
        Assert.InRange(text.Length, 1, limit);
        Assert.DoesNotContain(text, c => char.IsControl(c));
        Assert.DoesNotContain(text.EnumerateRunes(), IsHidden);
        Assert.DoesNotMatch(Tag(), text);
    }

    // Joiners and tags belong to words and emoji.
    private static bool IsHidden(Rune rune) =>
        rune == Rune.ReplacementChar
        || (
            Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format
            && rune.Value is not (0x200C or 0x200D or (>= 0xE0020 and <= 0xE007F))
        );

    private static void CheckText(JsonElement property)
    {
        var options = Options(property);
        var min = Length(property, "minLength");
        var max = Length(property, "maxLength");
        Assert.False(min > max, "minLength is larger than maxLength");
        if (property.TryGetProperty("default", out var value))
        {
            var text = value.GetString()!;
            Assert.True(options is null || options.Contains(text), "the default is not in the enum");
            Assert.False(
                text.EnumerateRunes().Count() < min || text.EnumerateRunes().Count() > max,
                "the default breaks the limits"
            );
        }
    }

    private static void CheckNumber(JsonElement property)
    {
        var min = Number(property, "minimum");
        var max = Number(property, "maximum");
        var value = Number(property, "default");
        Assert.False(min > max || value < min || value > max, "the limits or the default contradict each other");
    }

    private static void CheckArray(JsonElement property)
    {
        var items = property.GetProperty("items");
        OnlyMembers(items, s_items);
        Assert.Equal("string", items.GetProperty("type").GetString());
        var options = Options(items);
        Assert.Equal(JsonValueKind.True, property.GetProperty("uniqueItems").ValueKind);
        if (property.TryGetProperty("default", out var value))
        {
            var labels = value.EnumerateArray().Select(label => label.GetString()!).ToList();
            Assert.True(options is null || labels.All(options.Contains), "a default is not in the enum");
        }
    }

    private static HashSet<string>? Options(JsonElement property)
    {
        if (!property.TryGetProperty("enum", out var list))
        {
            return null;
        }

        var labels = list.EnumerateArray().Select(label => label.GetString()!).ToList();
        Assert.NotEmpty(labels);
        Assert.Distinct(labels);
        Assert.DoesNotContain("", labels);
        return [.. labels];
    }

    private static double? Number(JsonElement property, string name)
    {
        if (!property.TryGetProperty(name, out var value))
        {
            return null;
        }

        Assert.True(double.IsFinite(value.GetDouble()), name);
        return value.GetDouble();
    }

    private static int? Length(JsonElement property, string name)
    {
        if (!property.TryGetProperty(name, out var value))
        {
            return null;
        }

        Assert.InRange(value.GetInt32(), 1, int.MaxValue);
        return value.GetInt32();
    }

    private static void OnlyMembers(JsonElement element, string[] allowed)
    {
        var names = element.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Distinct(names);
        Assert.Empty(names.Except(allowed));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}\z")]
    private static partial Regex Key();

    [GeneratedRegex("<[A-Za-z/!?]")]
    private static partial Regex Tag();
}
