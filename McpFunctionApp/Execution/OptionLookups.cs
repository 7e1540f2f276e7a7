using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Execution;

/// <summary>The lookup of each list of options, made once for all parameters that share the list, and forgotten with it.</summary>
internal sealed class OptionLookups
{
    private readonly ConditionalWeakTable<FormOption[], OptionLookup> _known = [];

    public OptionLookup Of(ImmutableArray<FormOption> options) =>
        _known.GetValue(ImmutableCollectionsMarshal.AsArray(options)!, list => new OptionLookup(list));
}
