using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>A form may use one key for several fields; only one value can be submitted under it. Pure.</summary>
internal static class SharedKeys
{
    /// <summary>Of the fields with one key the first that was given, else the first with a default; two given ones must be the
    /// same.</summary>
    public static ImmutableArray<FilledValue> Settle(ImmutableArray<FilledValue> values, ArgumentProblems problems)
    {
        var dropped = new HashSet<FilledValue>(ReferenceEqualityComparer.Instance);
        foreach (
            var same in values
                .GroupBy(value => value.Property.OriginalKey, StringComparer.Ordinal)
                .Where(group => group.Skip(1).Any())
        )
        {
            var given = same.Where(value => !value.IsDefault).ToList();
            dropped.UnionWith(given.Count > 0 ? same.Where(value => value.IsDefault) : same.Skip(1));
            if (given.Exists(value => !value.IsSubmittedAs(given[0])))
            {
                var names = string.Join(" and ", given.Select(value => value.Property.Key));
                problems.Add(() =>
                    new(
                        given[1].Property.Key,
                        $"the form keeps one value for {names}: give only one of them, or the same value.",
                        []
                    )
                );
            }
        }

        return dropped.Count == 0 ? values : [.. values.Where(value => !dropped.Contains(value))];
    }
}
