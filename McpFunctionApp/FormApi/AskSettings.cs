using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.FormApi;

/// <summary>The settings of a form that say how a person takes part: <c>Forms:n:Ask</c> and <c>Forms:n:Draft</c>.</summary>
[Setting(
    "Forms:0:Ask",
    "When the person behind the client is asked, where the client can ask: `Missing` for what is missing or "
        + "wrong, `Confirm` also once before a complete request is sent, `Never`",
    Default = "`Missing`",
    Values = ["Missing", "Confirm", "Never"]
)]
[Setting(
    "Forms:0:Draft",
    "Adds the tool `draft_{tool}`, which checks what is known so far, submits nothing, and shows the form in "
        + "clients with MCP Apps"
)]
public static class AskSettings
{
    /// <summary>The tool that looks for options.</summary>
    public const string FindOptions = "find_options";

    private const string DraftPrefix = "draft_";

    // With the prefix it is as long as a tool's name may be.
    private const int MaxDraftedName = 34;

    public static bool IsReserved(string tool) =>
        tool.StartsWith(DraftPrefix, StringComparison.OrdinalIgnoreCase)
        || tool.Equals(FindOptions, StringComparison.OrdinalIgnoreCase);

    public static AskMode ReadMode(SettingsSection section)
    {
        if (section.Text("Ask") is not { } text)
        {
            return AskMode.Missing;
        }

        foreach (var mode in Enum.GetValues<AskMode>())
        {
            if (mode.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return mode;
            }
        }

        section.Fault("Ask", $"is '{Quotable.Shorten(text)}', but must be Missing, Confirm or Never (default Missing).");
        return AskMode.Missing;
    }

    /// <returns>The tool's name; null where there is none.</returns>
    public static string? ReadDraftTool(SettingsSection section, string tool)
    {
        if (!section.Bool("Draft", true))
        {
            return null;
        }

        if (tool.Length > MaxDraftedName)
        {
            section.Note(
                "Tool",
                $"has more than {MaxDraftedName} characters, so that there is no tool for drafts: "
                    + $"{DraftPrefix}{Quotable.Shorten(tool)} would be longer than clients take."
            );
            return null;
        }

        return DraftPrefix + tool;
    }
}
