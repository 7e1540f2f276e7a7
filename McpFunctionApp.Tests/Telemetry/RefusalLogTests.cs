using System.Net;
using McpFunctionApp.Telemetry;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace McpFunctionApp.Tests.Telemetry;

public sealed class RefusalLogTests
{
    private const int Refused = 5003;
    private const int Further = 5004;

    [Fact]
    public async Task A_request_that_is_refused_with_4xx_leaves_one_line_that_says_why()
    {
        await using var app = await WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = "http://127.0.0.1:1/form",
                ["Callers:Mode"] = "Challenge",
                ["Admin:Key"] = "a long and random key",
            }
        );
        var list = Wire.Body("tools/list");
        await app.Rpc.PostAsync(list);
        await app.Rpc.PostAsync("no JSON", Given.Token);
        await app.Rpc.PostAsync(list, Given.Token, ("Content-Type", "text/plain"));
        await app.Rpc.PostAsync(list, Given.Token, ("Accept", "text/html"));
        await app.Rpc.PostAsync(list, Given.Token, ("Origin", "https://evil.example"));
        await app.Rpc.PostAsync(list, Given.Token, ("Host", "evil.example"));
        await app.Rpc.PostAsync(list, Given.Token, ("MCP-Protocol-Version", "1999-01-01"));
        await app.Http.GetAsync(new Uri("/mcp", UriKind.Relative));
        await app.Http.GetAsync(new Uri("/cache", UriKind.Relative));
        await app.Http.DeleteAsync(new Uri("/cache/me", UriKind.Relative));
        var lines = app.Log.Of(Refused).ToList();
        Assert.Equal([401, 400, 415, 406, 403, 403, 400, 405, 401, 401], lines.Select(StatusOf));
        Assert.All(lines, line => Assert.Equal(LogLevel.Information, line.Level));
        Assert.Contains("Sign in", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains("Accept", lines[3].Text, StringComparison.Ordinal);
        Assert.Contains("Endpoint:AllowedHosts", lines[5].Text, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.DoesNotContain("evil", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_served_or_answered_as_an_error_with_200_leaves_none()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form" }
        );
        await app.Rpc.ListAsync();
        await app.Rpc.CallAsync("nothing", "{}");
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.PostAsync(Wire.Body("tools/list", "\"cursor\":\"x\""))).Status);
        Assert.Empty(app.Log.Of(Refused));
    }

    [Fact]
    public void A_flood_leaves_60_lines_a_minute_and_then_one_with_the_number_of_the_others()
    {
        var log = new LogCollector();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(log));
        var clock = new ManualClock();
        using var refusals = new RefusalLog(clock, factory.CreateLogger<RefusalLog>());
        for (var i = 0; i < 1_000; i++)
        {
            refusals.Note(400, "because");
        }

        Assert.Equal(60, log.Of(Refused).Count());
        Assert.Empty(log.Of(Further));
        clock.Advance(TimeSpan.FromMinutes(1));
        refusals.Note(401, "later");
        Assert.Equal(401, StatusOf(log.Of(Refused).Last()));
        Assert.StartsWith("940 further requests were refused", Assert.Single(log.Of(Further)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_comes_after_is_told_when_the_minute_is_over()
    {
        var log = new LogCollector();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(log));
        var clock = new FakeTimeProvider();
        using var refusals = new RefusalLog(clock, factory.CreateLogger<RefusalLog>());
        for (var i = 0; i < 61; i++)
        {
            refusals.Note(400, "because");
        }

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(log.Of(Further));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("1 further requests were refused", Assert.Single(log.Of(Further)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void What_nobody_comes_after_is_told_at_the_end(int refused, int lines)
    {
        var log = new LogCollector();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(log));
        using (var refusals = new RefusalLog(new ManualClock(), factory.CreateLogger<RefusalLog>()))
        {
            for (var i = 0; i < refused; i++)
            {
                refusals.Note(400, "because");
            }
        }

        Assert.Equal(lines, log.Of(Further).Count());
    }

    private static int StatusOf(LogLine line) =>
        int.Parse(line.Text.Split(' ', ':')[4], System.Globalization.CultureInfo.InvariantCulture);
}
