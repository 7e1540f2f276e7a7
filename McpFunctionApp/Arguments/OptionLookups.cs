using System.Runtime.CompilerServices;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>The lookup of each list of options, made once for all parameters that share the list, and forgotten with
/// it.</summary>
internal sealed class OptionLookups
{
    private readonly ConditionalWeakTable<FormOptionSet, OptionLookup> _known = [];

    public OptionLookup Of(FormOptionSet options) => _known.GetValue(options, list => new OptionLookup(list));
}
