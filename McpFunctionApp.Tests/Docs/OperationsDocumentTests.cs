using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using McpFunctionApp.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Docs;

public sealed partial class OperationsDocumentTests
{
    private static readonly string s_text = Repository.Read("docs/operations.md").ReplaceLineEndings("\n");

    /// <summary>What the app logs; the sample's lines are no business of operations.</summary>
    private static readonly IReadOnlyList<LoggerMessageAttribute> s_messages =
    [
        .. typeof(AppMetrics)
            .Assembly.GetTypes()
            .Where(type => !type.FullName!.StartsWith("McpFunctionApp.Sample.", StringComparison.Ordinal))
            .SelectMany(type =>
                type.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>(),
    ];

    [Fact]
    public void No_two_messages_share_an_event() =>
        Assert.Empty(s_messages.GroupBy(message => message.EventId).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void The_table_of_metrics_has_each_that_the_app_has_and_no_other()
    {
        var table = s_text[
            s_text.IndexOf("\n## Metrics", StringComparison.Ordinal)..s_text.IndexOf("\n## Traces", StringComparison.Ordinal)
        ];
        Assert.Equal(Instruments().Order(), FirstColumn().Matches(table).Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void Every_metric_and_attribute_that_it_names_exists()
    {
        var known = typeof(AppMetrics)
            .Assembly.GetType("McpFunctionApp.Telemetry.Attributes")!
            .GetFields()
            .Select(field => (string)field.GetRawConstantValue()!)
            .Concat(Instruments())
            .ToHashSet();
        var named = OwnName().Matches(s_text).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Every_log_line_reads_as_the_product_writes_it()
    {
        var lines = LogLine().Matches(s_text).ToList();
        Assert.True(lines.Count > 20);
        Assert.All(
            lines,
            line =>
            {
                var message = Assert.Single(
                    s_messages,
                    one => one.EventId == int.Parse(line.Groups[3].Value, CultureInfo.InvariantCulture)
                );
                Assert.Equal(Word(message.Level), line.Groups[1].Value);
                Assert.NotNull(typeof(AppMetrics).Assembly.GetType(line.Groups[2].Value));
                Assert.Matches(
                    $"^{string.Join(".+", Placeholder().Split(message.Message!).Select(Regex.Escape))}$",
                    line.Groups[4].Value
                );
            }
        );
    }

    [Fact]
    public void Every_warning_and_error_is_explained_and_every_event_that_it_names_exists()
    {
        var named = EventId().Matches(s_text).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToHashSet();
        Assert.Empty(
            s_messages.Where(message => message.Level >= LogLevel.Warning).Select(message => message.EventId).Except(named)
        );
        Assert.Empty(named.Except(s_messages.Select(message => message.EventId)));
    }

    private static List<string> Instruments()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var names = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    names.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        _ = new AppMetrics(meters, new CacheCounters(), () => default);
        return names;
    }

    private static string Word(LogLevel level) =>
        level switch
        {
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            _ => "fail",
        };

    [GeneratedRegex(@"^\| `([\w.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FirstColumn();

    [GeneratedRegex(@"`((?:mcp_function_app|mcp|gen_ai|db)\.[\w.]+)`")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^(info|warn|fail): ([\w.]+)\[(\d+)\] (.+)$", RegexOptions.Multiline)]
    private static partial Regex LogLine();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();

    /// <summary>Four digits that stand alone: in brackets, in a sentence, or in the table.</summary>
    [GeneratedRegex(@"(?<=\[|\| |\(|events? |, and |and |, |After )[1-9]\d{3}(?=\]| \||\)|,|:| |$)", RegexOptions.Multiline)]
    private static partial Regex EventId();
}
