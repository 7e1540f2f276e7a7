using System.Net;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Admission;
using McpFunctionApp.Tests.Authority;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>The modes where tokens are checked against an authority before anything else.</summary>
public sealed class LocalCheckTests : AuthorityTests
{
    public static TheoryData<string, bool> Modes =>
        new()
        {
            { "Fallback", false },
            { "Fallback", true },
            { "Optional", false },
            { "Optional", true },
            { "Challenge", false },
            { "Challenge", true },
        };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_verified_token_is_served_with_the_fields_of_its_groups(string mode, bool perRequest)
    {
        await using var app = await StartAsync(mode);
        var token = Authority.Token(Clock.GetUtcNow(), claims: ""","groups":["y"]""");
        var tool = (await app.Rpc.ListAsync(token, perRequest)).Tool("create_request");
        Assert.Equal(["b"], tool["inputSchema"]!["properties"]!.AsObject().Select(p => p.Key));
        Assert.False((await app.Rpc.CallAsync("create_request", """{"b":"x"}""", token, perRequest)).IsError);
        Assert.Equal(token, Assert.Single(Api.FormCalls).Token);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_token_that_is_refused_here_is_never_sent_on(string mode, bool perRequest)
    {
        await using var app = await StartAsync(mode);
        var now = Clock.GetUtcNow();
        string[] tokens =
        [
            "opaque-token-of-somebody-else",
            SigningKey.Rsa.Sign(Authority.Payload(now, to: -61)),
            SigningKey.Rsa.Sign(Authority.Payload(now, audience: "https://other.example")),
            SigningKey.OtherRsa.Sign(Authority.Payload(now)),
            SigningKey.PublicKeyAsSecret[0].Sign(Authority.Payload(now)),
            Given.Jwt(now.AddHours(1)),
        ];
        foreach (var token in tokens)
        {
            foreach (
                var (method, tool) in ((string, string?)[])
                    [("tools/list", null), ("tools/call", "create_request"), ("tools/call", "add"), ("prompts/list", null)]
            )
            {
                AssertRefused(mode, method, tool, await app.Rpc.SendAsync(method, $"Bearer {token}", perRequest, tool));
            }
        }

        Assert.Empty(Api.Calls);
    }

    private static void AssertRefused(string mode, string method, string? tool, RpcAnswer answer)
    {
        if (mode != "Fallback")
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            var challenge = answer.Headers.WwwAuthenticate.ToString();
            Assert.Contains(
                "error=\"invalid_token\", error_description=\"Sign in again: the token was refused, because it",
                challenge.Replace("because its", "because it", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
            Assert.Equal("token_rejected", (string?)answer.Error["data"]!["code"]);
            return;
        }

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Empty(answer.Headers.WwwAuthenticate);
        if (method == "tools/list")
        {
            Assert.Equal(["add", "echo", "multiply"], answer.ToolNames);
            Assert.Equal("rejected", answer.FallbackReason);
        }

        if (tool == "create_request")
        {
            Assert.Equal("token_rejected", answer.ErrorCode);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task While_the_authority_is_down_static_tools_are_served_and_no_token_is_sent_on(string mode, bool perRequest)
    {
        Authority.Instead = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await using var app = await StartAsync(mode);
        var token = Authority.Token(Clock.GetUtcNow());
        var list = await app.Rpc.ListAsync(token, perRequest);
        Assert.Equal((HttpStatusCode.OK, "unavailable"), (list.Status, list.FallbackReason));
        Assert.Equal(
            "form_unavailable",
            (await app.Rpc.CallAsync("create_request", """{"a":"x"}""", token, perRequest)).ErrorCode
        );
        Assert.Equal("3", (await app.Rpc.CallAsync("add", """{"a":1,"b":2}""", token, perRequest)).Text);
        Assert.Empty(Api.Calls);

        Authority.Instead = null;
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("create_request", (await app.Rpc.ListAsync(token, perRequest)).ToolNames);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_verified_token_that_the_form_api_refuses_gets_the_static_tools(string mode, bool perRequest)
    {
        Api.ServeByToken(_ => null);
        await using var app = await StartAsync(mode);
        var list = await app.Rpc.ListAsync(Authority.Token(Clock.GetUtcNow()), perRequest);
        Assert.Equal((HttpStatusCode.OK, "rejected"), (list.Status, list.FallbackReason));
    }

    [Fact]
    public async Task A_token_stops_being_served_when_it_ends()
    {
        await using var app = await StartAsync("Optional");
        var token = Authority.Token(Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync(token)).Status);
        Clock.Advance(TimeSpan.FromSeconds(3660));
        var refused = await app.Rpc.ListAsync(token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal("Sign in again: the token was refused, because it has expired.", (string?)refused.Error["message"]);
        Assert.Single(Api.FormCalls);
    }

    [Fact]
    public async Task Only_a_token_that_is_not_refused_can_have_its_forms_forgotten()
    {
        await using var app = await StartAsync("Fallback");
        Assert.Equal(HttpStatusCode.Unauthorized, await DropAsync(app, "opaque-token-of-somebody-else"));
        Assert.Equal(HttpStatusCode.OK, await DropAsync(app, Authority.Token(Clock.GetUtcNow())));
    }

    [Fact]
    public async Task Where_no_server_is_named_the_authority_is_where_to_sign_in()
    {
        await using var app = await StartAsync("Challenge");
        var metadata = JsonNode.Parse(await app.Http.GetStringAsync("/.well-known/oauth-protected-resource"))!;
        Assert.Equal([Authority.Address], metadata["authorization_servers"]!.AsArray().Select(server => (string)server!));
    }

    protected override void ServeForm() =>
        Api.ServeFields(
            """{"paramName":"a","type":"TextFieldRest","groupIds":["x"]},"""
                + """{"paramName":"b","type":"TextFieldRest","groupIds":["y"]}"""
        );

    private Task<WatchedApp> StartAsync(string mode) => WatchedApp.StartAsync(Api, Clock, Authority.Settings(mode));

    private static async Task<HttpStatusCode> DropAsync(WatchedApp app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/cache/me");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await app.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
