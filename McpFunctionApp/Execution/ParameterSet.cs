using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Execution;

/// <summary>What reading the arguments of one form needs: made once for all calls, and forgotten with the form.</summary>
internal sealed class ParameterSet
{
    private readonly Dictionary<string, int> _places;

    public ParameterSet(FormSchema schema, OptionLookups lookups)
    {
        All = [.. schema.Properties.Select(property => new Parameter(property, lookups))];
        Names = [.. schema.Properties.Select(property => property.Key)];
        _places = Names.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        HasParts = schema.Properties.Any(property => property.Under > 0);
        HasSharedKeys = schema.Properties.Select(property => property.OriginalKey).Distinct(StringComparer.Ordinal).Count() < All.Length;
    }

    /// <summary>In the form's order.</summary>
    public ImmutableArray<Parameter> All { get; }

    public IReadOnlyList<string> Names { get; }

    public bool HasSharedKeys { get; }

    /// <summary>Whether some fields count only together with others.</summary>
    public bool HasParts { get; }

    public int? Find(string name) => _places.TryGetValue(name, out var place) ? place : null;
}
