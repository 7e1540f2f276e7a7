using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>What reading the arguments of one form needs: made once for all calls, and forgotten with the form.</summary>
internal sealed class ParameterSet
{
    // In bytes.
    private const int UsualName = 128;

    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _placesBySpan;

    public ParameterSet(FormSchema schema, OptionLookups lookups)
    {
        All = [.. schema.Properties.Select(property => new Parameter(property, lookups))];
        Names = [.. schema.Properties.Select(property => property.Key)];
        _places = Names
            .Select((name, place) => (name, place))
            .ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        _placesBySpan = _places.GetAlternateLookup<ReadOnlySpan<char>>();
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

    /// <summary>The place of the parameter that an argument is for; null where there is none.</summary>
    public int? Find(JsonProperty argument)
    {
        var utf8 = JsonMarshal.GetRawUtf8PropertyName(argument);
        if (utf8.Length > UsualName || utf8.Contains((byte)'\\'))
        {
            return _places.TryGetValue(argument.Name, out var found) ? found : null;
        }

        // Without making a string of each name.
        Span<char> name = stackalloc char[UsualName];
        var length = Encoding.UTF8.GetChars(utf8, name);
        return _placesBySpan.TryGetValue(name[..length], out var place) ? place : null;
    }
}
