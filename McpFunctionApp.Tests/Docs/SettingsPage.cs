namespace McpFunctionApp.Tests.Docs;

/// <summary>Writes docs/settings.md.</summary>
internal static class SettingsPage
{
    private const string Start = """
        # Settings

        All by the standard .NET configuration: `appsettings.json` beside the assembly, environment variables
        (`Forms:0:Url` is `Forms__0__Url`), command line. A wrong setting stops the start, and all wrong ones are
        listed at once. In the names, `0` is an entry of a list: the next is `1`.

        A slip of the pen that would be passed over in silence stops the start, too, with what was probably meant: a
        section that is at most two letters from one of these and has something below it (`Caller__Mode`,
        `Form:0:Url`), and a full name without its separators (`AdminKey`, `CALLERS_MODE`). Variables such as
        Kubernetes' `FORM_PORT` never do. A name that no setting has within a section (`Schemas:TtlSecond`) is noted
        in the log, with the nearest that exists where one is near; within `Callers`, which decides who may call, it
        stops the start.

        An editor completes and checks `appsettings.json` by
        [`appsettings.schema.json`](../McpFunctionApp/appsettings.schema.json), which lies beside it and is named at
        its top. Like that file, this page is written from the descriptions in the code:
        [CONTRIBUTING](../CONTRIBUTING.md#a-new-setting) says how.

        """;

    private const string Telemetry = "Telemetry";

    /// <summary>The sections in the order of the page; what is new and not here comes after them.</summary>
    private static readonly (string Section, string Lead)[] s_sections =
    [
        ("Forms", "Which forms there are, each of them a tool. At least one is needed."),
        ("Callers", "Who may call: see [Sign-in](sign-in.md)."),
        ("Schemas", "How long forms are [kept](caching.md), and how large a tool may become."),
        ("TableStorage", "The table that instances share: by a connection string, or by an identity."),
        ("Execution", "Calls that are recorded here, for want of a `SubmitUrl`."),
        ("Endpoint", "What is let in."),
        ("RateLimit", "The [allowance](sign-in.md#rate-limit) of each caller."),
        ("Admin", "The administrative endpoints."),
        ("Elasticsearch", "Where [search](search.md) looks, and for what."),
        ("StaticTools", "The tools that everybody has."),
        ("SampleFormApi", "The sample."),
        (Telemetry, "By the names that OpenTelemetry gave them: see [Operations](operations.md#turn-telemetry-on)."),
        ("Logging", "ASP.NET Core's own settings, of which these two matter most."),
    ];

    public static string Write(IEnumerable<DescribedSetting> settings)
    {
        var order = s_sections.Select(section => section.Section).ToList();
        var sections = settings
            .GroupBy(SectionOf)
            .OrderBy(section => order.IndexOf(section.Key) is >= 0 and var place ? place : order.Count);
        return Start + string.Concat(sections.Select(Write));
    }

    private static string Write(IGrouping<string, DescribedSetting> section)
    {
        var lead = s_sections.FirstOrDefault(one => one.Section == section.Key).Lead;
        return $"\n## {section.Key}\n\n{(lead is null ? "" : $"{lead}\n\n")}"
            + "| Setting | Default | Values | Meaning |\n|---|---|---|---|\n"
            + string.Concat(section.Select(Row));
    }

    private static string Row(DescribedSetting setting) =>
        $"| `{setting.Name}`{(setting.IsList ? " ..." : "")} | {DefaultOf(setting)} | {ValuesOf(setting)} "
        + $"| {setting.Description.Meaning} |\n";

    private static string DefaultOf(DescribedSetting setting) =>
        setting.Description.Default
        ?? (setting.Type == "boolean" ? $"`{setting.ReaderDefault}`" : DescribedSetting.Grouped(setting.ReaderDefault ?? ""));

    private static string ValuesOf(DescribedSetting setting) =>
        setting switch
        {
            { Description.Values.Length: > 0 } => string.Join(", ", setting.Description.Values.Select(value => $"`{value}`")),
            { Range: { } range } => $"{DescribedSetting.Grouped(range.Least)} to {DescribedSetting.Grouped(range.Most)}",
            { Type: "boolean" } => "`true`, `false`",
            { IsListOrText: true } => "texts, or one",
            { IsList: true } => "texts",
            _ => "text",
        };

    /// <summary>Names without a section are those of the environment, but for the table's.</summary>
    private static string SectionOf(DescribedSetting setting) =>
        setting.Path.Length == 1 && setting.Name.Contains('_', StringComparison.Ordinal) ? Telemetry : setting.Path[0];
}
