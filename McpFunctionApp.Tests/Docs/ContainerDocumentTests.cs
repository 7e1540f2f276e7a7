using System.Globalization;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

public sealed partial class ContainerDocumentTests
{
    private static readonly string s_text = Repository.Read("docs/container.md").ReplaceLineEndings("\n");

    /// <summary>The stage that becomes the image.</summary>
    private static readonly string s_image = Repository.Read("Dockerfile").ReplaceLineEndings("\n").Split("\nFROM ")[^1];

    [Fact]
    public void The_image_runs_as_the_base_images_own_user() =>
        Assert.Equal("$APP_UID", User().Matches(s_image)[^1].Groups[1].Value);

    [Fact]
    public void The_image_starts_the_server_of_its_own_and_logs_JSON()
    {
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"McpFunctionApp.dll\"]", s_image, StringComparison.Ordinal);
        Assert.Contains("ENV Logging__Console__FormatterName=json\n", s_image, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_sent_to_the_build_but_what_it_is_let_have() =>
        Assert.Equal("*", Repository.Read(".dockerignore").Split('\n').First(line => !line.StartsWith('#')).TrimEnd());

    [Fact]
    public void The_probes_ask_for_life_and_for_readiness()
    {
        var paths = ProbePath().Matches(s_text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.Equal("/health", paths["livenessProbe"]);
        Assert.Equal("/health", paths["startupProbe"]);
        Assert.Equal("/health/ready", paths["readinessProbe"]);
    }

    [Fact]
    public void The_grace_period_is_longer_than_a_submission_may_take_where_nothing_is_set()
    {
        var periods = GracePeriod()
            .Matches(s_text)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(2, periods.Count);
        Assert.All(periods, seconds => Assert.True(seconds >= 30 + 15 + 5));
    }

    [GeneratedRegex(@"^USER (.+)$", RegexOptions.Multiline)]
    private static partial Regex User();

    [GeneratedRegex(@"(\w+Probe):\n +httpGet:\n +path: (\S+)")]
    private static partial Regex ProbePath();

    [GeneratedRegex(@"(?:terminationGracePeriodSeconds: |stop_grace_period: )(\d+)")]
    private static partial Regex GracePeriod();
}
