using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>The groups of one caller, against which the lists of a form are held.</summary>
/// <param name="groups">Null where they are not known: every list fits then.</param>
internal sealed class Membership(ImmutableArray<string>? groups)
{
    private readonly HashSet<string>? _groups = groups?.ToHashSet(StringComparer.Ordinal);

    // A long list of a section is the same for thousands of its fields.
    private readonly Dictionary<ImmutableArray<string>, bool> _known = [];

    /// <summary>Whether the list is empty, or the caller is in one of its groups.</summary>
    public bool Fits(ImmutableArray<string> list)
    {
        if (_groups is null || list.IsEmpty)
        {
            return true;
        }

        if (!_known.TryGetValue(list, out var fits))
        {
            fits = list.Any(_groups.Contains);
            _known[list] = fits;
        }

        return fits;
    }
}
