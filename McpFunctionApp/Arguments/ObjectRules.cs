using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>What a form requires within an object that may itself be left out: as soon as one of its members is given.
/// Pure.</summary>
internal static class ObjectRules
{
    /// <summary>Tells what is missing in the objects that are given, and leaves the defaults of those that are not out.</summary>
    /// <param name="isWrong">Whether the parameter at this place was given, and could not be read.</param>
    public static ImmutableArray<FilledValue> Settle(
        ImmutableArray<Parameter> parameters,
        ImmutableArray<FilledValue> values,
        Func<int, bool> isWrong,
        ArgumentProblems problems
    )
    {
        var filled = values.Select(value => value.Property).ToHashSet(ReferenceEqualityComparer.Instance);
        var dropped = new HashSet<FilledValue>(ReferenceEqualityComparer.Instance);
        for (var place = 0; place < parameters.Length; place++)
        {
            var property = parameters[place].Property;
            if (property.RequiredUnder == 0 || filled.Contains(property) || isWrong(place))
            {
                continue;
            }

            var within = values
                .Where(value => IsWithin(value.Property, property.Path.AsSpan()[..property.RequiredUnder]))
                .ToList();
            if (within.Exists(value => !value.IsDefault))
            {
                problems.Add(() =>
                    new(
                        property.Key,
                        $"is required and missing, since {Object(property)} is given. {Expectation.Of(property)}",
                        []
                    )
                );
            }

            dropped.UnionWith(within.Where(value => value.IsDefault));
        }

        return dropped.Count == 0 ? values : [.. values.Where(value => !dropped.Contains(value))];
    }

    private static bool IsWithin(FormProperty property, ReadOnlySpan<string> names) =>
        property.Path.Length > names.Length && property.Path.AsSpan()[..names.Length].SequenceEqual(names);

    private static string Object(FormProperty property) => string.Join('.', property.Path.Take(property.RequiredUnder));
}
