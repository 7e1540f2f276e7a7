using System.Net.Sockets;
using System.Text;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Endpoint;

public sealed class HangUpTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task The_tool_is_told_that_the_client_hung_up_and_nothing_is_logged_as_a_fault(
        bool perRequest,
        bool afterANotification
    )
    {
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource<bool>();
        var app = await ToolApp.StartAsync(
            async (context, cancellationToken) =>
            {
                if (afterANotification)
                {
                    await context.ProgressAsync(1, cancellationToken);
                }

                started.SetResult();
                await Record.ExceptionAsync(() => Task.Delay(s_limit, cancellationToken));
                ended.SetResult(cancellationToken.IsCancellationRequested);
                cancellationToken.ThrowIfCancellationRequested();
                return "nobody reads this";
            }
        );
        await CallAndHangUpAsync(app, perRequest, started.Task);
        Assert.True(await ended.Task.WaitAsync(s_limit));
        await StopsWithoutFaultsAsync(app);
    }

    [Fact]
    public async Task A_tool_that_goes_on_all_the_same_disturbs_nobody()
    {
        var started = new TaskCompletionSource();
        var hungUp = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        var app = await ToolApp.StartAsync(
            async (context, cancellationToken) =>
            {
                started.TrySetResult();
                await using var registration = cancellationToken.Register(() => hungUp.TrySetResult());
                await hungUp.Task;
                await Record.ExceptionAsync(() => context.ProgressAsync(1, CancellationToken.None));
                ended.TrySetResult();
                return "nobody reads this";
            }
        );
        await CallAndHangUpAsync(app, false, started.Task);
        await ended.Task.WaitAsync(s_limit);
        Assert.Contains("add", (await app.Rpc.ListAsync()).ToolNames);
        await StopsWithoutFaultsAsync(app);
    }

    [Fact]
    public async Task A_submission_that_was_sent_is_finished_without_its_client()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var gauge = new RequestGauge();
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields("""{"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true}""");
        api.OnSubmit = async context =>
        {
            arrived.SetResult();
            await release.Task.WaitAsync(s_limit);
            await FakeFormApi.Json(context, """{"id":4711}""", 201);
        };
        var app = await TestApp.StartAsync(api, settings: new() { ["Forms:0:SubmitUrl"] = api.SubmitUrl }, services: gauge.Watch);
        using var hangUp = new CancellationTokenSource();
        using var request = Wire.Post(
            Wire.Body("tools/call", """ "name":"create_request","arguments":{"subject":"a very new thing"} """),
            ("Authorization", "Bearer token-of-the-hang-up")
        );
        var calling = app.Http.SendAsync(request, hangUp.Token);
        await arrived.Task.WaitAsync(s_limit);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);

        await gauge.Aborted.WaitAsync(s_limit);
        release.SetResult();
        await gauge.Ended.WaitAsync(s_limit);
        Assert.Contains(": ok in", Assert.Single(app.Log.Of(4010)).Text, StringComparison.Ordinal);
        Assert.Single(api.Submissions);
        await StopsWithoutFaultsAsync(app);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"jsonrpc\":\"2.0\",")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n11\r\n{\"jsonrpc\":\"2.0\",\r\n")]
    public async Task A_body_that_breaks_off_is_no_fault_of_the_server(string headersAndBody)
    {
        var gauge = new RequestGauge();
        var app = await ToolApp.StartAsync((_, _) => Task.FromResult("done"), gauge.Watch);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(app.Http.BaseAddress!.Host, app.Http.BaseAddress.Port);
            await client
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: "
                            + $"application/json\r\n{headersAndBody}"
                    )
                );
            await gauge.Started.WaitAsync(s_limit);
        }

        await gauge.Ended.WaitAsync(s_limit);
        await StopsWithoutFaultsAsync(app);
    }

    private static async Task CallAndHangUpAsync(TestApp app, bool perRequest, Task started)
    {
        using var http = new HttpClient { BaseAddress = app.Http.BaseAddress };
        using var hangUp = new CancellationTokenSource();
        using var request = Wire.Post(
            Wire.Body("tools/call", perRequest ? null : """ "name":"add","_meta":{"progressToken":1} """, perRequest),
            Wire.Headers("tools/call", perRequest)
        );
        if (perRequest)
        {
            request.Content = new StringContent(
                Wire.Body("tools/call", $"\"name\":\"add\",{Wire.MetaWith("\"progressToken\":1")}"),
                Encoding.UTF8,
                "application/json"
            );
        }

        var calling = http.SendAsync(request, hangUp.Token);
        await started.WaitAsync(s_limit);
        await hangUp.CancelAsync();
        await Record.ExceptionAsync(() => calling);
    }

    /// <summary>Stops the app first, so that every request has ended and logged what it had to.</summary>
    private static async Task StopsWithoutFaultsAsync(TestApp app)
    {
        await app.DisposeAsync();
        Assert.DoesNotContain(
            app.Log.Lines,
            line => line.Level >= LogLevel.Error || line.Text.Contains("ObjectDisposedException", StringComparison.Ordinal)
        );
    }
}
