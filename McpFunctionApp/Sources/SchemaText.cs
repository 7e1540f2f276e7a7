using McpFunctionApp.Forms;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Sources;

/// <summary>Reads a schema of texts.</summary>
internal static class SchemaText
{
    public static FormField Read(FormField field, SchemaNode node, out string? problem)
    {
        var (min, max, pattern) = (node.Limit("minLength"), node.Limit("maxLength"), SafeText.Scalar(node["pattern"]));
        problem =
            node["contentEncoding"].ValueKind != JsonValueKind.Undefined || node.Text("format") is "binary" or "byte"
                ? "is a file"
            : pattern is not null && TextPattern.Create(pattern) is null ? "has a 'pattern' that cannot be checked here"
            : max < 1 || min > max ? "takes no text"
            : null;
        var isFree = min is null && max is null && pattern is null;
        return field with
        {
            Kind = !isFree
                ? PropertyKind.Text
                : node.Text("format") switch
                {
                    "date" => PropertyKind.Date,
                    "date-time" => PropertyKind.DateTime,
                    _ => PropertyKind.Text,
                },
            Min = min,
            Max = max,
            Pattern = pattern,
        };
    }

    /// <summary>Whether any text will do.</summary>
    public static bool IsAny(SchemaNode node) =>
        node.Limit("minLength") is null or <= 1
        && node.Limit("maxLength") is null
        && node["pattern"].ValueKind == JsonValueKind.Undefined
        && node.Alternatives.Count == 0
        && node.Text("format") is not ("binary" or "byte" or "password")
        && node["contentEncoding"].ValueKind == JsonValueKind.Undefined
        && !node.Flag("writeOnly");
}
