using McpFunctionApp.Replies;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.HostileApi;

/// <summary>The app in front of a form API that means harm. A failure is remembered for the whole test: its clock stands
/// still.</summary>
internal static class HostileApiApp
{
    /// <summary>Only to end a test that hangs: far more than any of them takes.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    public static Task<WatchedApp> StartAsync(string formUrl, string? submitUrl = null, int timeoutSeconds = 20) =>
        WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = formUrl,
                ["Forms:0:SubmitUrl"] = submitUrl,
                ["Forms:0:TimeoutSeconds"] = $"{timeoutSeconds}",
            },
            new ManualClock { Haste = timeoutSeconds == 1 ? 5 : 1 }
        );

    /// <summary>The caller has the static tools, is told why it has no more, in both eras and in a call, and the log says it
    /// once.</summary>
    public static async Task AssertFallsBackAsync(WatchedApp app, string reason, string detail)
    {
        foreach (var perRequest in (bool[])[false, true])
        {
            var list = await app.Rpc.ListAsync(Given.Token, perRequest).WaitAsync(s_limit);
            Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
            Assert.Equal(reason, list.FallbackReason);
            Assert.Contains(detail, (string)list.Result["_meta"]![ReplyMeta.Fallback]!["message"]!, StringComparison.Ordinal);
            Assert.InRange(list.Body.Length, 1, 4_000);
            Assert.Equal("5", (await app.Rpc.CallAsync("add", """{"a":2,"b":3}""", Given.Token, perRequest)).Text);
        }

        var call = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal("form_unavailable", call.ErrorCode);
        Assert.Contains(detail, call.Text, StringComparison.Ordinal);
        AssertOneWarning(app.Log, reason, detail);
    }

    private static void AssertOneWarning(LogCollector log, string reason, string detail)
    {
        var warning = Assert.Single(
            log.Lines,
            line => line.Level == LogLevel.Warning && line.Category.StartsWith("McpFunctionApp", StringComparison.Ordinal)
        );
        Assert.Equal(3000, warning.EventId);
        Assert.Contains(reason, warning.Text, StringComparison.Ordinal);
        Assert.Contains(detail, warning.Text, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Information, Assert.Single(log.Of(1002)).Level);
        Assert.DoesNotContain(log.Lines, line => line.Level >= LogLevel.Error);
    }
}
