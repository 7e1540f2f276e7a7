using System.Net;
using System.Text.Json.Nodes;
using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Admission;

/// <summary>What clients are told about signing in (RFC 9728).</summary>
public sealed class ProtectedResourceTests : ApiTests
{
    private static readonly string[] s_paths =
    [
        "/.well-known/oauth-protected-resource",
        "/.well-known/oauth-protected-resource/mcp",
    ];

    [Theory]
    [InlineData("Optional")]
    [InlineData("Challenge")]
    public async Task Both_paths_name_the_endpoint_and_the_servers_and_need_no_token(string mode)
    {
        await using var app = await WatchedApp.StartAsync(
            Api,
            settings: SignInApp.Settings(
                mode,
                ("Callers:AuthorizationServers:1", "https://second.example/"),
                ("Callers:Scopes:0", "forms.read")
            )
        );
        foreach (var path in s_paths)
        {
            using var answer = await app.Http.GetAsync(path);
            Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal(
                $$"""{"resource":"{{app.Http.BaseAddress}}"""
                    + $$"""mcp","authorization_servers":["{{SignInApp.Server}}","https://second.example/"]"""
                    + $$""","scopes_supported":["forms.read"]"""
                    + $$""","bearer_methods_supported":["header"],"resource_name":"MCP Function App"}""",
                await answer.Content.ReadAsStringAsync()
            );
        }
    }

    [Fact]
    public async Task In_fallback_mode_there_is_nothing()
    {
        await using var app = await WatchedApp.StartAsync(Api, settings: SignInApp.Settings("Fallback"));
        foreach (var path in s_paths)
        {
            using var answer = await app.Http.GetAsync(path);
            Assert.Equal((HttpStatusCode.NotFound, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task What_is_not_configured_is_not_said()
    {
        await using var app = await WatchedApp.StartAsync(Api, settings: new() { ["Callers:Mode"] = "Optional" });
        var metadata = JsonNode.Parse(await app.Http.GetStringAsync(s_paths[0]))!.AsObject();
        Assert.Equal(["resource", "bearer_methods_supported", "resource_name"], metadata.Select(member => member.Key));
    }

    [Theory]
    [InlineData(
        "https://api.example/mcp",
        "https://api.example/mcp",
        "https://api.example/.well-known/oauth-protected-resource/mcp"
    )]
    [InlineData(
        "https://api.example/forms/mcp/",
        "https://api.example/forms/mcp",
        "https://api.example/.well-known/oauth-protected-resource/forms/mcp"
    )]
    [InlineData(
        "https://api.example:8443",
        "https://api.example:8443",
        "https://api.example:8443/.well-known/oauth-protected-resource"
    )]
    [InlineData("https://api.example/", "https://api.example", "https://api.example/.well-known/oauth-protected-resource")]
    public async Task A_configured_address_wins_and_never_ends_with_a_slash(string resource, string identifier, string url)
    {
        await using var app = await WatchedApp.StartAsync(
            Api,
            settings: SignInApp.Settings("Challenge", ("Callers:Resource", resource))
        );
        Assert.Equal(identifier, (string?)JsonNode.Parse(await app.Http.GetStringAsync(s_paths[1]))!["resource"]);
        Assert.Equal($"Bearer resource_metadata=\"{url}\"", (await app.Rpc.ListAsync()).Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("https", "forms.example", "https://forms.example/mcp")]
    [InlineData("https", "FORMS.example:443", "https://forms.example/mcp")]
    [InlineData("http", "localhost:7071", "http://localhost:7071/mcp")]
    [InlineData("https", "[2001:db8::1]:8080", "https://[2001:db8::1]:8080/mcp")]
    [InlineData("https", "xn--bcher-kva.example", "https://xn--bcher-kva.example/mcp")]
    [InlineData("https", "bücher.example", null)]
    [InlineData("https", "", null)]
    [InlineData("https", "a\"b", null)]
    [InlineData("https", "a\", error=\"x", null)]
    [InlineData("https", "a\\", null)]
    [InlineData("https", "a/b", null)]
    [InlineData("https", "a?b", null)]
    [InlineData("https", "a#b", null)]
    [InlineData("https", "user@evil.example", null)]
    [InlineData("https", "user:secret@evil.example", null)]
    [InlineData("https", "evil.example/mcp#", null)]
    [InlineData("https", "a b", null)]
    [InlineData("https", "a\r\nX-Evil: 1", null)]
    [InlineData("https", "host:99999", null)]
    [InlineData("javascript", "a", null)]
    public void The_address_of_a_request_is_used_only_where_it_is_a_plain_one(string scheme, string host, string? identifier)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = scheme;
        request.Headers.Host = host;
        var resource = ProtectedResource.Of(request, new SignInOptions(CallerMode.Challenge, [], [], null));
        Assert.Equal(identifier, resource?.Identifier);
        Assert.DoesNotContain(resource?.MetadataUrl ?? "", c => c is '"' or '\\' or ' ' or < ' ' or > '~');
    }

    [Fact]
    public async Task A_page_that_may_call_may_read_it()
    {
        await using var app = await WatchedApp.StartAsync(
            Api,
            settings: SignInApp.Settings("Challenge", ("Endpoint:AllowedOrigins:0", "https://app.example"))
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, s_paths[1]);
        request.Headers.Add("Origin", "https://app.example");
        using var answer = await app.Http.SendAsync(request);
        Assert.Equal(["https://app.example"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    protected override void ServeForm() => Api.ServeOneCaller();
}
