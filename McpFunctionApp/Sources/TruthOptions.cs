using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>The two options of a field that is yes or no, whatever the form calls and submits them.</summary>
internal static class TruthOptions
{
    private static readonly string[] s_yes = ["true", "yes", "1", "on"];
    private static readonly string[] s_no = ["false", "no", "0", "off"];

    /// <returns>The options labelled <c>true</c> and <c>false</c>; none where they are not plainly these two.</returns>
    public static ImmutableArray<FieldOption> Of(ImmutableArray<FieldOption> options)
    {
        if (options.Length != 2)
        {
            return [];
        }

        var yes = options.FirstOrDefault(option => Is(option, s_yes));
        var no = options.FirstOrDefault(option => Is(option, s_no));
        return yes is null || no is null || yes == no ? [] : [yes with { Label = "true" }, no with { Label = "false" }];
    }

    private static bool Is(FieldOption option, string[] words) =>
        option.Names.Append(option.Label).Any(name => words.Contains(name, StringComparer.OrdinalIgnoreCase));
}
