namespace McpFunctionApp.Tests.Schemas;

/// <summary>Of <see cref="SchemaSafety"/> what is asked of one property: few keywords, which do not contradict each
/// other.</summary>
internal static class PropertySafety
{
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

    public static void Check(JsonElement property)
    {
        if (property.TryGetProperty("description", out var description))
        {
            DescriptionSafety.Check(description.GetString()!);
        }

        if (property.TryGetProperty("title", out var title))
        {
            DescriptionSafety.Check(title.GetString()!, 256);
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

    public static void OnlyMembers(JsonElement element, string[] allowed)
    {
        var names = element.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Distinct(names);
        Assert.Empty(names.Except(allowed));
    }
}
