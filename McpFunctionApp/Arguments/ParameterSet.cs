using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>What reading the arguments of one form needs: made once for all calls, and forgotten with the form.</summary>
internal sealed class ParameterSet
{
    private readonly Dictionary<string, int> _places;

    public ParameterSet(FormSchema schema, OptionLookups lookups)
    {
        All = [.. schema.Properties.Select(property => new Parameter(property, lookups))];
        Names = [.. schema.Properties.Select(property => property.Key)];
        _places = Names
            .Select((name, place) => (name, place))
            .ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        HasSharedKeys =
            schema.Properties.Select(property => property.OriginalKey).Distinct(StringComparer.Ordinal).Count() < All.Length;
        HasObjects = schema.Properties.Any(property => property.RequiredUnder > 0);
    }

    /// <summary>In the form's order.</summary>
    public ImmutableArray<Parameter> All { get; }

    public IReadOnlyList<string> Names { get; }

    public bool HasSharedKeys { get; }

    /// <summary>Whether what is required depends on what else is given.</summary>
    public bool HasObjects { get; }

    public int? Find(string name) => _places.TryGetValue(name, out var place) ? place : null;
}
