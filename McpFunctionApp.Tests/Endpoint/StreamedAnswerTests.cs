using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using ModelContextProtocol;

namespace McpFunctionApp.Tests.Endpoint;

public sealed class StreamedAnswerTests(SharedToolApp tools) : IClassFixture<SharedToolApp>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_notification_the_answer_is_JSON(bool perRequest)
    {
        var app = tools.With((_, _) => Task.FromResult("done"));
        var answer = await app.CallToolAsync(perRequest);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("done", answer.Text);
        Assert.False(answer.Headers.Contains("X-Accel-Buffering"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_notification_before_the_answer_makes_it_server_sent_events(bool perRequest)
    {
        var app = tools.With(
            async (context, cancellationToken) =>
            {
                await context.ProgressAsync(0.5f, cancellationToken);
                await context.ProgressAsync(1, cancellationToken);
                return "two\nlines \u2028 and more";
            }
        );
        var answer = await app.CallToolAsync(perRequest, id: "\"x\"");
        IsStream(answer);
        var events = EventStream.Read(answer.Body);
        Assert.Equal(["notifications/progress", "notifications/progress", null], events.Select(e => (string?)e["method"]));
        Assert.Equal([0.5f, 1f], events.Take(2).Select(e => (float)e["params"]!["progress"]!));
        Assert.All(events.Take(2), e => Assert.Equal("p", (string?)e["params"]!["progressToken"]));
        Assert.Equal("x", (string?)events[2]["id"]);
        Assert.Equal("two\nlines \u2028 and more", (string?)events[2]["result"]!["content"]![0]!["text"]);
        Assert.Equal(perRequest ? "complete" : null, (string?)events[2]["result"]!["resultType"]);
    }

    [Theory]
    [InlineData("application/json", "application/json", 1)]
    [InlineData("text/event-stream", "text/event-stream", 2)]
    public async Task With_JSON_alone_notifications_are_left_out_and_with_events_alone_they_come_first(
        string accept,
        string contentType,
        int messages
    )
    {
        var app = tools.With(
            async (context, cancellationToken) =>
            {
                await context.ProgressAsync(1, cancellationToken);
                return "done";
            }
        );
        var call = Wire.Body("tools/call", """ "name":"add","_meta":{"progressToken":"p"} """);
        var answer = await app.Rpc.PostAsync(call, null, ("Accept", accept));
        Assert.Equal(contentType, answer.ContentType);
        var all = contentType == "application/json" ? [answer.Json] : EventStream.Read(answer.Body);
        Assert.Equal(messages, all.Count);
        Assert.Equal("done", (string?)all[^1]["result"]!["content"]![0]!["text"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_notification_reaches_the_client_before_the_answer_is_there(bool perRequest)
    {
        var seen = new TaskCompletionSource();
        var app = tools.With(
            async (context, cancellationToken) =>
            {
                await context.ProgressAsync(1, cancellationToken);
                await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
                return "done";
            }
        );
        using var request = Wire.Post(
            Wire.Body(
                "tools/call",
                perRequest
                    ? $"\"name\":\"add\",{Wire.MetaWith("\"progressToken\":1")}"
                    : """ "name":"add","_meta":{"progressToken":1} """
            ),
            Wire.Headers("tools/call", perRequest)
        );
        using var response = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: message", await reader.ReadLineAsync());
        Assert.Contains("notifications/progress", await reader.ReadLineAsync(), StringComparison.Ordinal);
        seen.SetResult();
        Assert.Contains("done", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, -32602)]
    [InlineData(true, -32602)]
    [InlineData(false, -32601)]
    [InlineData(true, -32601)]
    [InlineData(false, -32021)]
    [InlineData(true, -32021)]
    public async Task An_error_after_a_notification_is_an_event_and_HTTP_200(bool perRequest, int code)
    {
        var app = tools.With(
            async (context, cancellationToken) =>
            {
                await context.ProgressAsync(1, cancellationToken);
                throw new McpProtocolException("Not so.", (McpErrorCode)code);
            }
        );
        var answer = await app.CallToolAsync(perRequest, id: "7");
        IsStream(answer);
        var events = EventStream.Read(answer.Body);
        Assert.Equal(2, events.Count);
        Assert.Equal(code, (int)events[1]["error"]!["code"]!);
        Assert.Equal(7, (int)events[1]["id"]!);
    }

    private static void IsStream(RpcAnswer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/event-stream", answer.ContentType);
        Assert.Equal("no", Assert.Single(answer.Headers.GetValues("X-Accel-Buffering")));
        Assert.Equal("no-store", Assert.Single(answer.Headers.GetValues("Cache-Control")));
        Assert.False(answer.Headers.Contains("Mcp-Session-Id"));
        Assert.DoesNotContain("\nid:", answer.Body, StringComparison.Ordinal);
    }
}
