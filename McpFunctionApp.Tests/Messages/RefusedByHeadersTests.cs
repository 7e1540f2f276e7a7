using McpFunctionApp.Tests.Admission;
using McpFunctionApp.Tests.Hostile;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Messages;

/// <summary>What the headers alone decide is answered before anything of the body has come.</summary>
public sealed class RefusedByHeadersTests : IAsyncLifetime
{
    private const int Mebibyte = 1_048_576;
    private const string Client = "X-Client";

    private FakeFormApi _api = null!;

    public async Task InitializeAsync() => _api = await SignInApp.StartApiAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    public static TheoryData<int, string, string> Refused =>
        new()
        {
            { 401, "Authorization: Bearer", "X: y" },
            { 403, "Host: localhost", "Host: localhost\r\nOrigin: https://evil.example" },
            { 405, "POST", "DELETE" },
            { 406, "application/json, text/event-stream", "text/html" },
            { 413, "Content-Length: 1000000", "Content-Length: 1048577" },
            { 415, "Content-Type: application/json", "Content-Type: text/plain" },
            { 429, $"{Client}: 203.0.113.1", $"{Client}: 203.0.113.66" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task It_is_refused_with_id_null_while_the_body_has_not_come(int status, string right, string wrong)
    {
        await using var app = await StartAsync();
        await UseUpAsync(app, "203.0.113.66");
        using var caller = await RawCaller.ConnectAsync(app);
        await caller.SendAsync(Head("1000000").Replace(right, wrong, StringComparison.Ordinal));
        var answer = (await caller.ReadAsync(TimeSpan.FromSeconds(4)))!;
        Assert.Equal(status, answer.Status);
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("id").ValueKind);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task The_rest_of_its_body_is_thrown_away_and_the_connection_goes_on(int status, string right, string wrong)
    {
        await using var app = await StartAsync();
        await UseUpAsync(app, "203.0.113.66");
        using var caller = await RawCaller.ConnectAsync(app);
        var length = status == 413 ? Mebibyte + 1 : 1_000_000;
        await caller.SendAsync(Head("1000000").Replace(right, wrong, StringComparison.Ordinal));
        Assert.Equal(status, (await caller.ReadAsync())!.Status);
        await caller.SendAsync(new string('x', length / 2));
        await caller.SendAsync(new string('x', length - (length / 2)));
        const string Ping = """{"jsonrpc":"2.0","id":5,"method":"ping"}""";
        var head = Head($"{Ping.Length}").Replace("203.0.113.1", "203.0.113.2", StringComparison.Ordinal);
        await caller.SendAsync(head + Ping);
        Assert.Equal(5, (await caller.ReadAsync())!.Json.GetProperty("id").GetInt32());
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Whoever_sends_more_than_a_mebibyte_after_a_refusal_is_hung_up_on()
    {
        await using var app = await StartAsync();
        using var caller = await RawCaller.ConnectAsync(app);
        await caller.SendAsync(Head("100000000"));
        Assert.Equal(413, (await caller.ReadAsync())!.Status);
        var piece = new string('x', Mebibyte);
        var sent = 0;
        while (sent < 90 && await caller.SendAsync(piece))
        {
            sent++;
        }

        // What the sockets on both sides hold comes to a few mebibytes.
        Assert.InRange(sent, 0, 60);
        Assert.Null(await caller.ReadAsync());
    }

    [Fact]
    public async Task A_caller_known_as_accepted_is_429_before_the_body_and_by_its_own_allowance()
    {
        await using var app = await StartAsync();
        await UseUpAsync(app, "203.0.113.66");
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        for (var n = 0; n < 4; n++)
        {
            using var served = await RawCaller.ConnectAsync(app);
            const string Ping = """{"jsonrpc":"2.0","id":5,"method":"ping"}""";
            await served.SendAsync(
                Head($"{Ping.Length}").Replace("203.0.113.1", "203.0.113.66", StringComparison.Ordinal) + Ping
            );
            Assert.Equal(200, (await served.ReadAsync())!.Status);
        }

        using var caller = await RawCaller.ConnectAsync(app);
        await caller.SendAsync(Head("1000000"));
        Assert.Equal(429, (await caller.ReadAsync(TimeSpan.FromSeconds(4)))!.Status);
    }

    [Fact]
    public async Task A_token_that_the_authority_did_not_sign_is_refused_with_the_messages_id_wherever_it_stands()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var app = await TestApp.StartAsync(_api, settings: authority.Settings("Challenge"));
        var padding = $"\"padding\":[{string.Join(',', Enumerable.Repeat("[]", 100_000))}]";
        foreach (
            var (body, id) in new[]
            {
                ($$"""{"id":"the-id",{{padding}}}""", "\"the-id\""),
                ($$"""{ {{padding}},"params":{"id":1},"id":77 }""", "77"),
                ($$"""{ {{padding}} }""", "null"),
                ("[", "null"),
                ("", "null"),
            }
        )
        {
            var answer = await app.Rpc.PostAsync(body, "made.up.token");
            Assert.Equal(401, (int)answer.Status);
            Assert.Equal(id, answer.Json["id"]?.ToJsonString() ?? "null");
        }
    }

    private Task<TestApp> StartAsync() =>
        TestApp.StartAsync(
            _api,
            new ManualClock(),
            SignInApp.Settings("Challenge", ("RateLimit:PermitsPerMinute", "4"), ("Endpoint:ClientAddressHeader", Client))
        );

    private static async Task UseUpAsync(TestApp app, string address)
    {
        for (var n = 0; n < 4; n++)
        {
            await app.Rpc.PostAsync("{}", null, (Client, address));
        }

        Assert.Equal(429, (int)(await app.Rpc.PostAsync("{}", null, (Client, address))).Status);
    }

    private static string Head(string length) =>
        $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/event-stream\r\nContent-Type: "
        + $"application/json\r\n{Client}: 203.0.113.1\r\nAuthorization: Bearer {Given.Token}\r\nContent-Length: {length}\r\n\r\n";
}
