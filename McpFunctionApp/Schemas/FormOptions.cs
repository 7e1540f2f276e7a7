using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.Replies;
using McpFunctionApp.Settings;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Schemas;

/// <summary>One entry of the <c>Forms</c> settings: a form API and the tool that its form becomes.</summary>
/// <param name="Tool">The tool's name, 1 to 40 characters: client prefixes eat up to 24 of 64.</param>
/// <param name="Title">The tool's name for people.</param>
/// <param name="Description">What the tool does, for the model.</param>
/// <param name="Url">Where a caller's form is fetched with GET.</param>
/// <param name="SubmitUrl">Where a validated call is posted; null: accepted calls are only recorded.</param>
/// <param name="Timeout">The limit of one whole exchange with the API, waiting and retry included.</param>
public sealed record FormOptions(string Tool, string Title, string Description, Uri Url, Uri? SubmitUrl, TimeSpan Timeout)
{
    /// <summary>How the form's system says it and takes a submission.</summary>
    public IFormSource Source { get; init; } = new RecognizedSource();

    /// <summary>How the form gets tokens of its own; null: it is given the caller's.</summary>
    public ExchangeOptions? Exchange { get; init; }

    /// <summary>When the person behind the client is asked.</summary>
    public AskMode Ask { get; init; }

    /// <summary>The tool that checks what is known so far and submits nothing; null where there is none.</summary>
    public string? DraftTool { get; init; }

    private static readonly string[] s_staticTools = ["add", "echo", "multiply"];

    public static IReadOnlyList<FormOptions> ReadAll(SettingsReader settings)
    {
        var section = settings.Section("Forms");
        var entries = section.Entries();
        if (section.HasOwnValues)
        {
            settings.Fault("Forms is a list: write Forms:0:Url (environment: Forms__0__Url), not Forms:Url.");
            return [];
        }

        if (entries.Count == 0)
        {
            settings.Fault("Forms has no entry: set Forms:0:Url (environment: Forms__0__Url) to the address that serves a caller's form.");
        }

        var forms = entries.Select(Read).ToList();
        foreach (var name in forms.GroupBy(f => f.Tool, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            settings.Fault($"Forms has more than one entry with the tool name '{name}': give each its own Forms:n:Tool.");
        }

        return forms;
    }

    private static FormOptions Read(SettingsSection section)
    {
        var allowHttp = section.Bool("AllowHttp", false);
        var tool = ReadTool(section);
        var options = new FormOptions(
            tool,
            section.Text("Title") ?? "Create request",
            section.Text("Description") ?? "Creates a request with the fields that you may use. Fill in the required fields; use the listed values exactly as they are written.",
            ReadUrl(section, "Url", allowHttp, required: true) ?? new Uri("https://invalid.invalid/"),
            ReadUrl(section, "SubmitUrl", allowHttp, required: false),
            TimeSpan.FromSeconds(section.Int("TimeoutSeconds", 10, 1, 120)))
        {
            Exchange = ExchangeOptions.Read(section),
            Ask = AskSettings.ReadMode(section),
            DraftTool = AskSettings.ReadDraftTool(section, tool),
        };
        section.NoteUnknown();
        return options;
    }

    private static string ReadTool(SettingsSection section)
    {
        var tool = section.Text("Tool") ?? "create_request";
        if (!IsToolName(tool))
        {
            section.Fault("Tool", $"is '{Quotable.Shorten(tool)}', but a tool name has 1 to 40 letters, digits, '_' or '-'.");
        }
        else if (AskSettings.IsReserved(tool))
        {
            section.Fault("Tool", $"is '{tool}', but names that begin with 'draft_', and 'find_options', are those of built-in tools: choose another.");
        }
        else if (s_staticTools.Contains(tool, StringComparer.OrdinalIgnoreCase) || tool.StartsWith("search_", StringComparison.OrdinalIgnoreCase) || tool.Equals("list_entity_types", StringComparison.OrdinalIgnoreCase))
        {
            section.Fault("Tool", $"is '{tool}', which is the name of a built-in tool: choose another.");
        }

        return tool;
    }

    private static Uri? ReadUrl(SettingsSection section, string name, bool allowHttp, bool required)
    {
        if (section.Text(name) is not { } text)
        {
            if (required)
            {
                section.Fault(name, "is missing: set it to the address that serves a caller's form.");
            }

            return null;
        }

        // The text itself is not repeated: an address with a password in it must not reach the log.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            section.Fault(name, "must be an absolute http or https address.");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            section.Fault(name, "must not hold a user name or password: the caller's token is what the API is given.");
        }

        if (url.Scheme == "http" && !allowHttp && !Loopback.Is(url))
        {
            section.Fault(name, $"is not https, and would send callers' tokens unencrypted to {url.Host}. Use https, or set {section.Path}:AllowHttp to true if the network between is trusted.");
        }

        return url;
    }

    // No regular expression: a start would load a library for it.
    private static bool IsToolName(string text) =>
        text.Length is >= 1 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
