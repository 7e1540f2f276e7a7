using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Admission;

/// <summary>The modes where only the form API can judge a token.</summary>
public sealed class SignInModesTests : ApiTests
{
    private const string Wrong = "wrong.Pq8sVe3nJ6bXw1yTzM4c.secret-part";

    [Theory]
    [InlineData("Optional", false)]
    [InlineData("Optional", true)]
    [InlineData("Challenge", false)]
    [InlineData("Challenge", true)]
    public async Task A_token_that_the_form_api_refuses_is_401_on_a_list_and_on_a_call_of_a_dynamic_tool_and_nowhere_else(
        string mode,
        bool perRequest
    )
    {
        await using var app = await StartAsync(mode);
        foreach (var (method, tool) in ((string, string?)[])[("tools/list", null), ("tools/call", "create_request")])
        {
            var answer = await app.Rpc.SendAsync(method, $"Bearer {Wrong}", perRequest, tool);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            Assert.Equal(
                $"Bearer resource_metadata=\"{app.MetadataUrl()}\", error=\"invalid_token\", error_description=\"Sign in "
                    + $"again: the form API refused the token.\"",
                answer.Challenge()
            );
            Assert.Equal("the-id", (string?)answer.Json["id"]);
            Assert.Equal("token_rejected", (string?)answer.Error["data"]!["code"]);
        }

        foreach (
            var (method, tool) in ((string, string?)[])
                [(perRequest ? "server/discover" : "initialize", null), ("tools/call", "add"), ("prompts/list", null)]
        )
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Rpc.SendAsync(method, $"Bearer {Wrong}", perRequest, tool)).Status);
        }

        Assert.Single(Api.FormCalls);
    }

    [Theory]
    [InlineData("Fallback", false)]
    [InlineData("Optional", false)]
    [InlineData("Optional", true)]
    [InlineData("Challenge", false)]
    [InlineData("Challenge", true)]
    public async Task A_token_that_the_form_api_accepts_is_served_and_asked_about_once(string mode, bool perRequest)
    {
        await using var app = await StartAsync(mode);
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token, perRequest)).ToolNames);
        Assert.False((await app.Rpc.CallAsync("create_request", Given.Call, Given.Token, perRequest)).IsError);
        Assert.Single(Api.FormCalls);
    }

    [Theory]
    [InlineData("Optional", 503, "unavailable")]
    [InlineData("Optional", 404, "unavailable")]
    [InlineData("Optional", 429, "busy")]
    [InlineData("Optional", 200, "malformed")]
    [InlineData("Challenge", 503, "unavailable")]
    [InlineData("Challenge", 429, "busy")]
    [InlineData("Challenge", 302, "malformed")]
    [InlineData("Optional", 403, "forbidden")]
    [InlineData("Challenge", 403, "forbidden")]
    public async Task A_form_api_that_is_down_or_forbids_its_form_is_never_a_401(string mode, int status, string reason)
    {
        Api.OnForm = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        await using var app = await StartAsync(mode);
        foreach (var perRequest in (bool[])[false, true])
        {
            var list = await app.Rpc.ListAsync(Wrong, perRequest);
            Assert.Equal((HttpStatusCode.OK, reason, ""), (list.Status, list.FallbackReason, list.Challenge()));
            Assert.Equal(
                "form_unavailable",
                (await app.Rpc.CallAsync("create_request", Given.Call, Wrong, perRequest)).ErrorCode
            );
        }
    }

    [Fact]
    public async Task A_token_that_one_of_two_form_apis_accepts_or_cannot_judge_is_served()
    {
        await using var other = await FakeFormApi.StartAsync();
        other.ServeByToken(_ => null);
        await using var app = await StartAsync("Challenge", ("Forms:1:Tool", "other"), ("Forms:1:Url", other.FormUrl));
        Assert.Equal("rejected", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Rpc.ListAsync(Wrong)).Status);
        other.OnForm = context => FakeFormApi.Json(context, "", 503);
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync($"{Wrong}2")).Status);
        other.OnForm = context => FakeFormApi.Json(context, "", 403);
        Assert.Equal(HttpStatusCode.OK, (await app.Rpc.ListAsync($"{Wrong}3")).Status);
    }

    [Theory]
    [InlineData("Optional", HttpStatusCode.OK)]
    [InlineData("Challenge", HttpStatusCode.Unauthorized)]
    public async Task Two_authorization_headers_are_no_token(string mode, HttpStatusCode status)
    {
        await using var app = await StartAsync(mode);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("Authorization", ["Bearer abc", "Bearer def"]);
        Assert.Equal(status, (await app.Rpc.SendAsync(request)).Status);
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task A_notification_without_a_token_is_401_too_and_one_with_a_token_is_202()
    {
        await using var app = await StartAsync("Challenge");
        const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Rpc.PostAsync(Initialized)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Rpc.PostAsync(Initialized, Given.Token)).Status);
    }

    [Fact]
    public async Task A_foreign_page_is_403_before_anybody_is_asked_to_sign_in()
    {
        await using var app = await StartAsync("Challenge");
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Rpc.PostAsync("{}", null, ("Origin", "https://evil.example"))).Status);
    }

    [Fact]
    public async Task Forgetting_ones_forms_needs_a_token_and_says_where_to_get_one()
    {
        await using var app = await StartAsync("Optional");
        using var answer = await app.Http.DeleteAsync("/cache/me");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal($"Bearer resource_metadata=\"{app.MetadataUrl()}\"", $"{answer.Headers.WwwAuthenticate}");
    }

    protected override void ServeForm() => Api.ServeOneCaller();

    private Task<WatchedApp> StartAsync(string mode, params (string Name, string? Value)[] more) =>
        WatchedApp.StartAsync(Api, settings: SignInApp.Settings(mode, more));
}
