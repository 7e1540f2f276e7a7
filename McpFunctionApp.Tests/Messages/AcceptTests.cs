using System.Net;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Messages;

public sealed class AcceptTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    public static TheoryData<string, bool> Json { get; } =
        BothEras(
            "application/json, text/event-stream",
            "text/event-stream,application/json",
            "Application/JSON, TEXT/event-stream",
            "application/json;q=0.5, text/event-stream;q=0.1",
            "*/*",
            "text/html, */*;q=0.8",
            "application/*, text/*",
            "application/json; charset=utf-8, text/event-stream",
            "application/json",
            "application/*",
            "application/json, text/html",
            "application/json, text/event-stream;q=0",
            ""
        );

    public static TheoryData<string, bool> Events { get; } =
        BothEras(
            "text/event-stream",
            "TEXT/Event-Stream;q=0.5, text/html",
            "text/*",
            "application/jsonx, text/event-stream",
            "application/json;q=0, text/event-stream",
            "application/json;q=0, */*"
        );

    public static TheoryData<string, bool> Neither { get; } =
        BothEras("text/html", "text/html, image/*", "application/jsonx", "*/*;q=0", "not a media type");

    [Theory]
    [MemberData(nameof(Json))]
    public async Task A_client_that_accepts_JSON_is_served_JSON(string accept, bool perRequest)
    {
        var answer = await SendAsync("tools/list", accept, perRequest);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Contains("add", answer.ToolNames);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public async Task A_client_that_accepts_server_sent_events_alone_gets_its_answer_as_one_event(string accept, bool perRequest)
    {
        foreach (var method in new[] { "tools/list", "tools/call", "resources/list" })
        {
            var json = await SendAsync(method, Wire.BothTypes, perRequest);
            var answer = await SendAsync(method, accept, perRequest);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal("text/event-stream", answer.ContentType);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("no", Assert.Single(answer.Headers.GetValues("X-Accel-Buffering")));
            Assert.Equal($"event: message\ndata: {json.Body}\n\n", answer.Body);
        }
    }

    [Theory]
    [MemberData(nameof(Neither))]
    public async Task A_client_that_accepts_neither_is_406(string accept, bool perRequest) =>
        Wire.IsError(await SendAsync("tools/list", accept, perRequest), 406, -32600, "null");

    [Fact]
    public async Task Without_an_Accept_header_it_is_JSON()
    {
        using var request = Wire.BarePost(Wire.Body("tools/list"));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        var answer = await fixture.Rpc.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.ContentType));
        Assert.Contains("add", answer.ToolNames);
    }

    [Theory]
    [InlineData("no JSON", 400, -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"nothing"}}""", 200, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":"x"}}""", 200, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"no/such/method"}""", 200, -32601)]
    public async Task An_error_is_one_event_too_with_its_own_status(string body, int status, int code)
    {
        var answer = await fixture.Rpc.PostAsync(body, null, ("Accept", "text/event-stream"));
        Assert.Equal((status, "text/event-stream"), ((int)answer.Status, answer.ContentType));
        Assert.Equal(code, (int)Assert.Single(EventStream.Read(answer.Body))["error"]!["code"]!);
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/json")]
    public async Task A_notification_is_202_without_a_body_whatever_is_accepted(string accept)
    {
        var answer = await fixture.Rpc.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            null,
            ("Accept", accept)
        );
        Assert.Equal((HttpStatusCode.Accepted, "", ""), (answer.Status, answer.Body, answer.ContentType));
    }

    [Fact]
    public async Task A_GET_for_a_stream_of_events_stays_405()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        Wire.IsError(await fixture.Rpc.SendAsync(request), 405, -32600, "null");
    }

    [Fact]
    public async Task Two_Accept_headers_count_as_one_list()
    {
        using var request = Wire.BarePost(Wire.Body("tools/list"));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        Assert.Equal(HttpStatusCode.OK, (await fixture.Rpc.SendAsync(request)).Status);
    }

    private Task<RpcAnswer> SendAsync(string method, string accept, bool perRequest) =>
        fixture.Rpc.PostAsync(
            Wire.Body(method, null, perRequest),
            null,
            [.. Wire.Headers(method, perRequest), ("Accept", accept)]
        );

    private static TheoryData<string, bool> BothEras(params string[] values)
    {
        var data = new TheoryData<string, bool>();
        foreach (var value in values)
        {
            data.Add(value, false);
            data.Add(value, true);
        }

        return data;
    }
}
