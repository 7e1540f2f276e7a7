using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>A field that the caller may use, and the parameter that it becomes.</summary>
internal sealed record MappedField(FormField Field, FormProperty Property);

/// <summary>Keeps a tool within its limits: first the number of its fields, then of the values it lists, then its
/// bytes.</summary>
internal static class ToolSize
{
    public static ImmutableArray<FormProperty> Fit(ImmutableArray<MappedField> fields, FormLimits limits)
    {
        var few = LeaveOut(fields, limits.MaxFields, long.MaxValue);
        return
        [
            .. LeaveOut(ListLess(few, limits.MaxEnumValues), limits.MaxFields, limits.MaxSchemaBytes)
                .Select(field => field.Property),
        ];
    }

    /// <summary>Takes out the longest lists of values, of equal ones the later field's, until the rest is few enough.</summary>
    private static ImmutableArray<MappedField> ListLess(ImmutableArray<MappedField> fields, int maxValues)
    {
        var total = fields.Sum(field => JsonSchemaWriter.CountListed(field.Property));
        if (total <= maxValues)
        {
            return fields;
        }

        var result = fields.ToBuilder();
        var longestFirst = Enumerable
            .Range(0, fields.Length)
            .OrderByDescending(place => JsonSchemaWriter.CountListed(fields[place].Property))
            .ThenByDescending(place => place);
        foreach (var place in longestFirst.TakeWhile(_ => total > maxValues))
        {
            var (field, property) = fields[place];
            total -= JsonSchemaWriter.CountListed(property);
            result[place] = new MappedField(field, FieldMapper.WithoutEnum(field, property));
        }

        return result.ToImmutable();
    }

    private static ImmutableArray<MappedField> LeaveOut(ImmutableArray<MappedField> fields, int maxFields, long maxBytes)
    {
        var sizes =
            maxBytes == long.MaxValue
                ? new int[fields.Length]
                : [.. fields.Select(field => JsonSchemaWriter.Measure(field.Property))];
        var count = fields.Length;
        var bytes = JsonSchemaWriter.Frame + sizes.Sum(size => (long)size);
        var left = new bool[fields.Length];

        // Optional fields go first, from the last; only a form whose required fields alone are too much loses those.
        foreach (var required in (bool[])[false, true])
        {
            for (var i = fields.Length - 1; i >= 0 && (count > maxFields || bytes > maxBytes); i--)
            {
                if (IsRequired(fields[i].Property) == required)
                {
                    left[i] = true;
                    count--;
                    bytes -= sizes[i];
                }
            }
        }

        return [.. fields.Where((_, i) => !left[i])];
    }

    private static bool IsRequired(FormProperty property) => property.Required || property.RequiredUnder > 0;
}
