using System.Text.Json.Nodes;
using McpFunctionApp.FormApi;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Endpoint.Direct;

/// <summary>Lists, long answers and failures are what the SDK's server would have answered.</summary>
public sealed class DirectAnswerTests : ApiTests
{
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
        await app.AssertAlikeAsync("tools/list", [], token, perRequest);
        Clock.Advance(TimeSpan.FromMilliseconds(1_234.5));
        await app.AssertAlikeAsync("tools/list", [], token, perRequest);
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
        Api.ServeByToken(_ => fields);
        await using var app = await TestApp.StartAsync(
            Api,
            Clock,
            new() { ["Schemas:MaxFields"] = "300", ["Schemas:MaxSchemaBytes"] = "500000" }
        );
        Assert.InRange((await app.AssertAlikeAsync("tools/list", [], Given.Token, perRequest)).Body.Length, 70_000, 300_000);
        var arguments = new JsonObject([
            .. Enumerable.Range(0, 300).Select(n => KeyValuePair.Create($"f{n}", (JsonNode?)$"\u00fc\"{new string('a', 300)}")),
        ]);
        var parameters = new JsonObject { ["name"] = "create_request", ["arguments"] = arguments };
        var direct = await app.SendAsync("tools/call", parameters, Given.Token, perRequest);
        Assert.True(JsonNode.DeepEquals(arguments, direct.Json["result"]!["structuredContent"]!["data"]));
        Assert.InRange(direct.Body.Length, 150_000, 400_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_in_degraded_mode_is_what_the_SDK_would_have_answered(bool perRequest)
    {
        await using var app = await StartAsync();
        Api.OnForm = context => FakeFormApi.Json(context, "{}", 503);
        await app.AssertAlikeAsync("tools/list", [], Given.Token, perRequest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tool_that_fails_unexpectedly_is_what_the_SDK_would_have_answered(bool perRequest)
    {
        await using var app = await StartAsync(services =>
            services.AddHttpClient(FormApiHttp.Name).AddHttpMessageHandler(() => new FaultyPosts())
        );
        var answer = await app.AssertAlikeAsync(
            "tools/call",
            JsonNode.Parse($$"""{"name":"create_request","arguments":{{Given.Call}}}""")!.AsObject(),
            Given.Token,
            perRequest
        );
        Assert.True(answer.IsError);
        Assert.Equal("An error occurred invoking 'create_request'.", answer.Text);
        Assert.Equal(2, app.Log.Of(4002).Count());
    }

    protected override void ServeForm() => Api.ServeOneCaller();

    private Task<TestApp> StartAsync(Action<IServiceCollection>? services = null) =>
        TestApp.StartAsync(Api, Clock, new() { ["Forms:0:SubmitUrl"] = Api.SubmitUrl }, services);

    private sealed class FaultyPosts : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Post
                ? throw new NotSupportedException("a secret of the inside")
                : base.SendAsync(request, cancellationToken);
    }
}
