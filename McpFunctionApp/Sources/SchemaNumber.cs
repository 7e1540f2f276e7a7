using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>Reads a schema of numbers.</summary>
internal static class SchemaNumber
{
    public static FormField Read(FormField field, SchemaNode node, bool isInteger, out string? problem)
    {
        var step = node["multipleOf"] is { ValueKind: JsonValueKind.Number } multiple ? multiple.GetDouble() : (double?)null;
        var isWhole = isInteger || step == 1;
        var min = Higher(node.Limit("minimum"), Above(node.Limit("exclusiveMinimum"), isWhole));
        var max = Lower(node.Limit("maximum"), Below(node.Limit("exclusiveMaximum"), isWhole));
        problem =
            step is { } some && !(isWhole && IsWhole(1 / some)) ? "takes only multiples of a number"
            : min > max ? "takes no number"
            : null;
        return field with { Kind = isWhole ? PropertyKind.Integer : PropertyKind.Number, Min = min, Max = max };
    }

    private static double? Higher(double? a, double? b) => a is null || b > a ? b : a;

    private static double? Lower(double? a, double? b) => a is null || b < a ? b : a;

    // The next number that a double can hold: no other is between.
    private static double? Above(double? limit, bool isWhole) =>
        limit is not { } bound ? null
        : isWhole ? Math.Floor(bound) + 1
        : Math.BitIncrement(bound);

    private static double? Below(double? limit, bool isWhole) =>
        limit is not { } bound ? null
        : isWhole ? Math.Ceiling(bound) - 1
        : Math.BitDecrement(bound);

    private static bool IsWhole(double number) => Math.Floor(number) == number;
}
