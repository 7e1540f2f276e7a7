using System.Text.Json.Nodes;
using McpFunctionApp.FormApi;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>
/// An ordinary list or call is answered without the SDK's server, and one with a member that this server does not know is
/// answered by it: both give the same JSON.
/// </summary>
public sealed class DirectAnswerTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;

    public static TheoryData<string> Calls =>
        [
            """{"name":"add","arguments":{"a":1,"b":41}}""",
            """{"name":"add","arguments":{"a":9223372036854775807,"b":1}}""",
            """{"name":"add","arguments":{"a":"1","c":2}}""",
            """{"name":"add"}""",
            """{"name":"echo","arguments":{"message":"\u00e9 \ud83d\ude80 <b>&'\"+\\ \u0001\u2028/"}}""",
            """{"name":"no_such_tool <>'","arguments":{}}""",
            """{"name":"create_request","arguments":{"subject":"Printer \u00fc","priority":"high"}}""",
            """{"name":"create_request","arguments":{"priority":"highest"}}""",
        ];

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.ServeByToken(token => token == Given.Token ? Given.Fields : null);
    }

    public Task DisposeAsync() => _api.DisposeAsync().AsTask();

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, Given.Token)]
    [InlineData(true, Given.Token)]
    [InlineData(false, Given.OtherToken)]
    [InlineData(true, Given.OtherToken)]
    public async Task A_list_is_what_the_SDK_would_have_answered(bool perRequest, string? token)
    {
        await using var app = await StartAsync();
        await AssertAlikeAsync(app, "tools/list", [], token, perRequest);
        _clock.Advance(TimeSpan.FromMilliseconds(1_234.5));
        await AssertAlikeAsync(app, "tools/list", [], token, perRequest);
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task In_every_handshake_revision_a_list_and_a_call_are_what_the_SDK_would_have_answered(string revision)
    {
        await using var app = await StartAsync();
        foreach (
            var (method, members) in new[]
            {
                ("tools/list", ""),
                ("tools/call", """ "name":"add","arguments":{"a":1,"b":2} """),
                ("tools/call", $$""" "name":"create_request","arguments":{{Given.Call}} """),
            }
        )
        {
            var direct = await PostAsync(app, method, members, revision);
            var bySdk = await PostAsync(app, method, members.Length == 0 ? "\"odd\":1" : $"{members},\"odd\":1", revision);
            AssertAlike(bySdk, direct);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_and_a_call_that_go_out_in_pieces_are_what_the_SDK_would_have_answered(bool perRequest)
    {
        var fields = string.Join(
            ',',
            Enumerable
                .Range(0, 300)
                .Select(n =>
                    $$"""{"name":"Field {{n}} """
                    + $$"""\u00e9","paramName":"f{{n}}","type":"TextFieldRest","description":"{{new string('d', 200)}}"}"""
                )
        );
        _api.ServeByToken(_ => fields);
        await using var app = await TestApp.StartAsync(
            _api,
            _clock,
            new() { ["Schemas:MaxFields"] = "300", ["Schemas:MaxSchemaBytes"] = "500000" }
        );
        Assert.InRange((await AssertAlikeAsync(app, "tools/list", [], Given.Token, perRequest)).Body.Length, 70_000, 300_000);
        var arguments = new JsonObject([
            .. Enumerable.Range(0, 300).Select(n => KeyValuePair.Create($"f{n}", (JsonNode?)$"\u00fc\"{new string('a', 300)}")),
        ]);
        var parameters = new JsonObject { ["name"] = "create_request", ["arguments"] = arguments };
        var direct = await SendAsync(app, "tools/call", parameters, Given.Token, perRequest);
        Assert.True(JsonNode.DeepEquals(arguments, direct.Json["result"]!["structuredContent"]!["data"]));
        Assert.InRange(direct.Body.Length, 150_000, 400_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_in_degraded_mode_is_what_the_SDK_would_have_answered(bool perRequest)
    {
        await using var app = await StartAsync();
        _api.OnForm = context => FakeFormApi.Json(context, "{}", 503);
        await AssertAlikeAsync(app, "tools/list", [], Given.Token, perRequest);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_is_what_the_SDK_would_have_answered(string parameters)
    {
        await using var app = await StartAsync();
        foreach (
            var (token, perRequest) in new[]
            {
                (Given.Token, false),
                (Given.Token, true),
                (null, true),
                (Given.OtherToken, false),
            }
        )
        {
            await AssertAlikeAsync(app, "tools/call", JsonNode.Parse(parameters)!.AsObject(), token, perRequest);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("\"\"")]
    [InlineData("\"\\u00e9\\ud83d\\ude80<\\\"\\/\\n\"")]
    public async Task An_id_comes_back_as_the_SDK_would_have_written_it(string id)
    {
        await using var app = await StartAsync();
        foreach (var parameters in new[] { """{"name":"add","arguments":{"a":1,"b":2}}""", "{}" })
        {
            var method = parameters == "{}" ? "tools/list" : "tools/call";
            var direct = await app.Rpc.PostAsync(
                $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}"""
            );
            var odd = await app.Rpc.PostAsync(
                $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":"""
                    + $$"""{{parameters.Insert(1, parameters == "{}" ? "\"odd\":1" : "\"odd\":1,")}}}"""
            );
            AssertAlike(odd, direct);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tool_that_fails_unexpectedly_is_what_the_SDK_would_have_answered(bool perRequest)
    {
        await using var app = await StartAsync(services =>
            services.AddHttpClient(FormApiHttp.Name).AddHttpMessageHandler(() => new FaultyPosts())
        );
        var answer = await AssertAlikeAsync(
            app,
            "tools/call",
            JsonNode.Parse($$"""{"name":"create_request","arguments":{{Given.Call}}}""")!.AsObject(),
            Given.Token,
            perRequest
        );
        Assert.True(answer.IsError);
        Assert.Equal("An error occurred invoking 'create_request'.", answer.Text);
        Assert.Equal(2, app.Log.Of(4002).Count());
    }

    private Task<TestApp> StartAsync(Action<IServiceCollection>? services = null) =>
        TestApp.StartAsync(_api, _clock, new() { ["Forms:0:SubmitUrl"] = _api.SubmitUrl }, services);

    private static async Task<RpcAnswer> AssertAlikeAsync(
        TestApp app,
        string method,
        JsonObject parameters,
        string? token,
        bool perRequest
    )
    {
        var direct = await SendAsync(app, method, parameters.DeepClone().AsObject(), token, perRequest);
        var odd = parameters.DeepClone().AsObject();
        odd["odd"] = 1;
        var bySdk = await SendAsync(app, method, odd, token, perRequest);
        AssertAlike(bySdk, direct);
        return direct;
    }

    private static void AssertAlike(RpcAnswer bySdk, RpcAnswer direct)
    {
        Assert.Equal((bySdk.Status, bySdk.ContentType), (direct.Status, direct.ContentType));
        Assert.True(JsonNode.DeepEquals(bySdk.Json, direct.Json), $"{bySdk.Body}\n{direct.Body}");
    }

    private static Task<RpcAnswer> PostAsync(TestApp app, string method, string members, string revision) =>
        app.Rpc.PostAsync(Wire.Body(method, members), Given.Token, ("MCP-Protocol-Version", revision));

    private static Task<RpcAnswer> SendAsync(TestApp app, string method, JsonObject parameters, string? token, bool perRequest) =>
        perRequest ? app.Rpc.PerRequestAsync(method, parameters, token) : app.Rpc.RequestAsync(method, parameters, token);

    private sealed class FaultyPosts : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Post
                ? throw new NotSupportedException("a secret of the inside")
                : base.SendAsync(request, cancellationToken);
    }
}
