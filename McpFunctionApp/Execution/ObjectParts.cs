using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Execution;

/// <summary>
/// A form may have objects that can be left out as a whole: their fields are required, and have defaults, only where
/// something of the object is given. Pure.
/// </summary>
internal static class ObjectParts
{
    /// <returns>The values without the defaults of objects that are left out.</returns>
    public static ImmutableArray<FilledValue> Settle(FormSchema schema, ImmutableArray<FilledValue> values, ArgumentProblems problems)
    {
        var settled = values.RemoveAll(value => value.IsDefault && value.Property.Under > 0 && Partner(values, value.Property) is null);
        foreach (var property in schema.Properties.Where(property => property.RequiredWithin))
        {
            if (Partner(values, property) is { } partner && !values.Any(value => value.Property.Key == property.Key))
            {
                problems.Add(() => new(property.Key, $"is required where {partner.Property.Key} is given. {Expectation.Of(property)}", []));
            }
        }

        return settled;
    }

    /// <summary>What was given of the same object; null where nothing was.</summary>
    private static FilledValue? Partner(ImmutableArray<FilledValue> values, FormProperty property) =>
        values.FirstOrDefault(value => !value.IsDefault && value.Property.IsUnder(property));
}
