using System.Runtime.CompilerServices;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Lookups;

/// <summary>The search over each list of options, made once for all who share the list, and forgotten with it.</summary>
public sealed class OptionSearches
{
    private readonly ConditionalWeakTable<FormOptionSet, OptionSearch> _known = [];

    internal FoundOptions Find(FormOptionSet options, string query, int count) =>
        _known.GetValue(options, list => new OptionSearch(list)).Find(query, count);
}
