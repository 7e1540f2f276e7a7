using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using McpFunctionApp.Telemetry;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Docs;

/// <summary>The queries of the document, the workbook and the alert rules are the same, and ask for what the app sends.</summary>
public sealed partial class QueryTests
{
    private static readonly Dictionary<string, string> s_queries = Directory
        .GetFiles(Path.Combine(Repository.Root, "infra", "queries"))
        .ToDictionary(file => Path.GetFileName(file), file => File.ReadAllText(file).ReplaceLineEndings("\n").TrimEnd());

    private static readonly ILookup<int, string> s_placeholders = typeof(AppMetrics)
        .Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
        .OfType<LoggerMessageAttribute>()
        .SelectMany(message =>
            Placeholder().Matches(message.Message!).Select(match => (message.EventId, Name: match.Groups[1].Value))
        )
        .ToLookup(pair => pair.EventId, pair => pair.Name);

    private static readonly string s_operations = Repository.Read("docs/operations.md");

    public static TheoryData<string> Names => [.. s_queries.Keys.Order()];

    [Fact]
    public void The_document_shows_each_query_as_it_runs()
    {
        var document = Repository.Read("docs/azure.md").ReplaceLineEndings("\n");
        var shown = Block().Matches(document).Select(match => match.Groups[1].Value);
        Assert.Equal(s_queries.Values.Order(), shown.Order());
    }

    [Fact]
    public void The_alert_rules_run_the_alerts_queries_and_the_workbook_all_others()
    {
        Assert.Equal(s_queries.Keys.Where(IsAlert).Order(), Loaded("infra/alerts.bicep").Order());
        Assert.Equal(s_queries.Keys.Where(name => !IsAlert(name)).Order(), Loaded("infra/workbook.bicep").Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_reads_tables_that_Application_Insights_has(string name)
    {
        var read = Source().Matches(s_queries[name]).SelectMany(match => match.Groups[1].Value.Split(", ")).ToList();
        Assert.NotEmpty(read);
        Assert.Empty(read.Except(["requests", "dependencies", "traces", "exceptions", "customMetrics"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_bounds_its_time_itself_unless_a_rule_does(string name) =>
        Assert.Equal(!IsAlert(name), s_queries[name].Contains("timestamp > ago(", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_names_metrics_attributes_and_words_that_the_app_sends(string name)
    {
        var attributes = typeof(Attributes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet();
        var texts = Text()
            .Matches(s_queries[name])
            .Select(match => match.Groups[1].Value)
            .Where(text => !int.TryParse(text, out _));
        Assert.All(texts.Except(attributes), text => Assert.Contains($"`{text}`", s_operations, StringComparison.Ordinal));
        var metrics = MetricName().Matches(s_queries[name]).Select(match => match.Groups[1].Value);
        Assert.All(metrics, metric => Assert.Contains($"\n| `{metric}` |", s_operations, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_reads_values_that_the_log_lines_it_asks_for_have(string name)
    {
        var events = EventIds()
            .Matches(s_queries[name])
            .SelectMany(match => Text().Matches(match.Value))
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToList();
        var values = Value()
            .Matches(s_queries[name])
            .Select(match => match.Groups[1].Value)
            .Except(["EventId", "CategoryName"])
            .ToList();
        Assert.All(events, one => Assert.Empty(values.Except(s_placeholders[one])));
        Assert.False(values.Count > 0 && events.Count == 0, "It reads values of lines without saying which lines.");
    }

    private static bool IsAlert(string name) => name.StartsWith("alert-", StringComparison.Ordinal);

    private static IEnumerable<string> Loaded(string file) =>
        Load().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"```kusto\n(.+?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"loadTextContent\('queries/([^']+)'\)")]
    private static partial Regex Load();

    [GeneratedRegex(@"^(?:union |let \w+ = toscalar\()?([a-z]\w+(?:, \w+)*)$", RegexOptions.Multiline)]
    private static partial Regex Source();

    [GeneratedRegex(@"""([^""]*)""")]
    private static partial Regex Text();

    [GeneratedRegex(@"\bname (?:==|in) \(?""([^""]+)""")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"EventId\) (?:==|in) (?:""\d+""|\([^)]*\))")]
    private static partial Regex EventIds();

    [GeneratedRegex(@"customDimensions\.(\w+)")]
    private static partial Regex Value();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Placeholder();
}
