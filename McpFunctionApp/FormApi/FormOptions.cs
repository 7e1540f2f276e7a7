using McpFunctionApp.Adapters;
using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.Replies;
using McpFunctionApp.Settings;
using McpFunctionApp.Sources;

namespace McpFunctionApp.FormApi;

/// <summary>One entry of the <c>Forms</c> settings: a form API and the tool that its form becomes.</summary>
/// <param name="Tool">The tool's name, 1 to 40 characters: client prefixes eat up to 24 of 64.</param>
/// <param name="Title">The tool's name for people.</param>
/// <param name="Description">What the tool does, for the model.</param>
/// <param name="Url">Where a caller's form is fetched with GET.</param>
/// <param name="SubmitUrl">Where a validated call is posted; null: accepted calls are only recorded.</param>
/// <param name="Timeout">The limit of one whole exchange with the API, waiting and retry included.</param>
[Setting(
    "Forms:0:Url",
    "Address of the form API, where a caller's form is fetched. Each further entry (`Forms:1:...`) is a further " + "tool",
    Default = "required"
)]
[Setting("Forms:0:Tool", "The tool's name: 1 to 40 letters, digits, `_`, `-`", Default = "`create_request`")]
[Setting("Forms:0:Title", "The tool's name for people", Default = "the tool's name in words (`Create request`)")]
[Setting("Forms:0:Description", "What the tool does, for the model", Default = "one sentence")]
[Setting("Forms:0:SubmitUrl", "Where a validated call is posted; without it the call is recorded as `pending`", Default = "none")]
[Setting(
    "Forms:0:TimeoutSeconds",
    "Limit of one exchange with the API, in seconds. A server that is told to stop waits so long for submissions"
)]
[Setting("Forms:0:AllowHttp", "Permits an address that is neither https nor loopback")]
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

    /// <summary>The addresses that an adapter gets the form from; null: <see cref="Url"/> alone.</summary>
    public IReadOnlyList<SourceAddress>? Gets { get; init; }

    /// <summary>As what a token is sent; for most systems <c>Bearer</c>.</summary>
    public string Scheme { get; init; } = RequestHeaders.Bearer;

    /// <summary>What every request to the system has beside what this server sets; null: nothing. Never shown.</summary>
    public RequestHeaders? Headers { get; init; }

    /// <summary>All that is asked for one form.</summary>
    public IReadOnlyList<SourceAddress> Addresses => Gets ?? [new SourceAddress("form", Url)];

    private static readonly string[] s_staticTools = ["add", "echo", "multiply"];

    /// <param name="maxAdapterBytes"><c>Schemas:MaxAdapterBytes</c>.</param>
    public static IReadOnlyList<FormOptions> ReadAll(
        SettingsReader settings,
        int maxAdapterBytes = SchemaOptions.DefaultAdapterBytes
    )
    {
        var limits = new ExpressionLimits(maxAdapterBytes, TimeProvider.System);
        var section = settings.Section("Forms");
        var entries = section.Entries();
        if (section.HasOwnValues)
        {
            settings.Fault("Forms is a list: write Forms:0:Url (environment: Forms__0__Url), not Forms:Url.");
            return [];
        }

        if (entries.Count == 0)
        {
            settings.Fault(
                "Forms has no entry: set Forms:0:Url (environment: Forms__0__Url) to the address that serves a caller's form."
            );
        }

        var forms = entries.Select(entry => Read(entry, limits)).ToList();
        foreach (
            var name in forms.GroupBy(f => f.Tool, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key)
        )
        {
            settings.Fault($"Forms has more than one entry with the tool name '{name}': give each its own Forms:n:Tool.");
        }

        return forms;
    }

    /// <summary><c>create_change_request</c> is "Create change request": several tools of one title could not be told
    /// apart.</summary>
    private static string TitleOf(string tool) => char.ToUpperInvariant(tool[0]) + tool[1..].Replace('_', ' ').Replace('-', ' ');

    private static FormOptions Read(SettingsSection section, ExpressionLimits limits)
    {
        var allowHttp = section.Bool("AllowHttp", false);
        var hasAdapter = section.Text("Adapter") is not null;
        var tool = ReadTool(section);
        var adapter = AdapterSettings.Read(section, allowHttp, limits);
        var options = new FormOptions(
            tool,
            section.Text("Title") ?? TitleOf(tool),
            section.Text("Description")
                ?? "Creates a request with the fields that you may use. Fill in the required fields; use the listed values "
                    + "exactly as they are written.",
            adapter?.Addresses.Gets[0].Url
                ?? (hasAdapter ? null : ReadUrl(section, "Url", allowHttp, required: true))
                ?? new Uri("https://invalid.invalid/"),
            hasAdapter ? adapter?.Addresses.Submit : ReadUrl(section, "SubmitUrl", allowHttp, required: false),
            TimeSpan.FromSeconds(section.Int("TimeoutSeconds", 10, 1, 120))
        )
        {
            Exchange = ExchangeOptions.Read(section),
            Ask = AskSettings.ReadMode(section),
            DraftTool = AskSettings.ReadDraftTool(section, tool),
            Gets = adapter?.Addresses.Gets,
            Scheme = RequestHeaders.ReadScheme(section),
            Headers = RequestHeaders.Read(section),
        };
        section.NoteUnknown();
        return adapter is null ? options : options with { Source = adapter };
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
            section.Fault(
                "Tool",
                $"is '{tool}', but names that begin with 'draft_', and 'find_options', are those of built-in tools: choose "
                    + $"another."
            );
        }
        else if (
            s_staticTools.Contains(tool, StringComparer.OrdinalIgnoreCase)
            || tool.StartsWith("search_", StringComparison.OrdinalIgnoreCase)
            || tool.Equals("list_entity_types", StringComparison.OrdinalIgnoreCase)
        )
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
                section.Fault(name, "is missing: set it to the address that serves a caller's form, or set Adapter instead.");
            }

            return null;
        }

        return ApiAddress.Check(section, name, text, allowHttp);
    }

    // No regular expression: a start would load a library for it.
    private static bool IsToolName(string text) =>
        text.Length is >= 1 and <= 40 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
