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
        PropertySafety.OnlyMembers(schema, s_top);
        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.False, schema.GetProperty("additionalProperties").ValueKind);
        Assert.InRange(Encoding.UTF8.GetByteCount(schema.GetRawText()), 1, maxBytes);
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            Assert.Matches(Key(), property.Name);
            Assert.DoesNotContain(property.Name, s_prototype);
            PropertySafety.Check(property.Value);
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

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}\z")]
    private static partial Regex Key();
}
