using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>A question to the form API that is under way when the app stops is given up quietly.</summary>
public sealed class FormSchemasStopTests
{
    [Fact]
    public async Task Stopping_gives_up_what_nobody_waits_for_without_an_error()
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.HoldAsync();
        });
        LogCollector log;
        await using (var app = await TestApp.StartAsync(api.Settings))
        {
            log = app.Log;
            using var hangUp = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
            {
                Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", null, "application/json"),
            };
            request.Headers.Accept.ParseAdd("application/json, text/event-stream");
            request.Headers.Authorization = new("Bearer", Given.Token);
            var list = app.Http.SendAsync(request, hangUp.Token);
            await Eventually.TrueAsync(() => api.Requests.Count == 1, "the form API is asked");
            await hangUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => list);
        }

        await Task.Delay(100);
        Assert.DoesNotContain(log.Lines, line => line.Level >= LogLevel.Error);
    }
}
