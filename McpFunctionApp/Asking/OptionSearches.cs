using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Asking;

/// <summary>The search over each list of options, made once for all who share the list, and forgotten with it.</summary>
public sealed class OptionSearches
{
    private readonly ConditionalWeakTable<FormOption[], OptionSearch> _known = [];

    internal FoundOptions Find(ImmutableArray<FormOption> options, string query, int count) =>
        _known.GetValue(ImmutableCollectionsMarshal.AsArray(options)!, _ => new OptionSearch(options)).Find(query, count);
}
