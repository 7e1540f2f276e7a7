namespace McpFunctionApp.Sources;

/// <summary>What keywords of JSON Schema mean to a reader that makes parameters. Pure.</summary>
internal static class SchemaKeywords
{
    // Of an unknown keyword nothing is asked, as the standard says. These are known, and ask what no parameter can say.
    private static readonly HashSet<string> s_inexpressible = new(StringComparer.Ordinal)
    {
        "not",
        "if",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "contains",
        "patternProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "prefixItems",
        "additionalItems",
        "unevaluatedItems",
        "$dynamicRef",
        "$recursiveRef",
    };

    public static bool IsInexpressible(string keyword) => s_inexpressible.Contains(keyword);

    /// <summary>Whether it holds schemas that are read by themselves.</summary>
    public static bool IsPart(string keyword) => keyword is "properties" or "$ref" or "allOf" or "oneOf" or "anyOf";

    /// <summary>Whether two different ones cannot both be expressed.</summary>
    public static bool IsOnly(string keyword) => keyword is "pattern" or "items" or "multipleOf";

    /// <summary>Whether nothing but null is a value of it.</summary>
    public static bool IsNull(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && (
            (
                schema.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String
                && SafeText.Scalar(type) == "null"
            ) || (schema.TryGetProperty("const", out var only) && only.ValueKind == JsonValueKind.Null)
        );
}
