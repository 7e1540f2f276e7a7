namespace McpFunctionApp.Tests.Endpoint;

public sealed class LogNotificationTests(SharedToolApp tools) : IClassFixture<SharedToolApp>
{
    private static readonly string[] s_levels = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

    [Fact]
    public async Task In_2026_07_28_nothing_is_logged_to_a_client_that_has_not_asked()
    {
        var app = tools.With(LogAtEachLevelAsync);
        var answer = await app.CallToolAsync(true);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("done", answer.Text);
    }

    [Theory]
    [InlineData("debug", 8)]
    [InlineData("info", 7)]
    [InlineData("warning", 5)]
    [InlineData("error", 4)]
    [InlineData("emergency", 1)]
    public async Task In_2026_07_28_a_client_gets_the_level_it_asks_for_and_above(string asked, int count)
    {
        var app = tools.With(LogAtEachLevelAsync);
        var events = EventStream.Read((await app.CallToolAsync(true, asked)).Body);
        Assert.Equal(s_levels[^count..], events.SkipLast(1).Select(e => (string?)e["params"]!["level"]));
        Assert.Equal("done", (string?)events[^1]["result"]!["content"]![0]!["text"]);
    }

    [Fact]
    public async Task In_2026_07_28_progress_needs_no_log_level()
    {
        var app = tools.With(
            async (context, cancellationToken) =>
            {
                await LogAtEachLevelAsync(context, cancellationToken);
                await context.ProgressAsync(1, cancellationToken);
                return "done";
            }
        );
        var events = EventStream.Read((await app.CallToolAsync(true)).Body);
        Assert.Equal(["notifications/progress", null], events.Select(e => (string?)e["method"]));
    }

    [Fact]
    public async Task A_handshake_revision_gets_log_notifications_as_a_stream()
    {
        var app = tools.With(LogAtEachLevelAsync);
        var answer = await app.CallToolAsync(false);
        Assert.Equal("text/event-stream", answer.ContentType);
        Assert.Equal("done", (string?)EventStream.Read(answer.Body)[^1]["result"]!["content"]![0]!["text"]);
    }

    private static async Task<string> LogAtEachLevelAsync(
        ModelContextProtocol.Server.RequestContext<ModelContextProtocol.Protocol.CallToolRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        foreach (var level in s_levels)
        {
            await context.LogAsync(level, cancellationToken);
        }

        return "done";
    }
}
