using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Admission;

/// <summary>Whoever has no token is asked for one or served, as the mode says; the form API hears nothing of it.</summary>
public sealed class NoTokenTests(ModeApps apps) : IClassFixture<ModeApps>
{
    public static TheoryData<string, string?, bool> Methods
    {
        get
        {
            var all = new TheoryData<string, string?, bool>();
            foreach (var perRequest in (bool[])[false, true])
            {
                all.Add(perRequest ? "server/discover" : "initialize", null, perRequest);
                all.Add("tools/list", null, perRequest);
                all.Add("tools/call", "add", perRequest);
                all.Add("tools/call", "create_request", perRequest);
                all.Add("tools/call", "no_such_tool", perRequest);
                all.Add("prompts/list", null, perRequest);
                all.Add("no/such/method", null, perRequest);
            }

            all.Add("ping", null, false);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Challenge_asks_whoever_has_no_token_to_sign_in_whatever_the_method(
        string method,
        string? tool,
        bool perRequest
    )
    {
        var app = apps.ChallengeWithScopes;
        foreach (var authorization in (string?[])[null, "Basic dXNlcjpwYXNzd29yZA=="])
        {
            var answer = await app.Rpc.SendAsync(method, authorization, perRequest, tool);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            Assert.Equal(
                $"Bearer resource_metadata=\"{app.MetadataUrl()}\", scope=\"forms.read forms.write\"",
                answer.Challenge()
            );
            Assert.True(answer.Json.AsObject().ContainsKey("id"));
            Assert.Null(answer.Json["id"]);
            Assert.Equal("authentication_required", (string?)answer.Error["data"]!["code"]);
        }

        Assert.Empty(apps.Api.Calls);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Optional_and_fallback_serve_whoever_has_no_token_whatever_the_method(
        string method,
        string? tool,
        bool perRequest
    )
    {
        var (expected, actual) = (
            await apps.Fallback.Rpc.SendAsync(method, null, perRequest, tool),
            await apps.Optional.Rpc.SendAsync(method, null, perRequest, tool)
        );
        Assert.NotEqual(HttpStatusCode.Unauthorized, actual.Status);
        Assert.Equal((expected.Status, expected.Body, expected.Challenge()), (actual.Status, actual.Body, actual.Challenge()));
        Assert.Equal("", actual.Challenge());
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a b")]
    [InlineData("bearer \"quoted\"")]
    [InlineData("Bearer ${TOKEN}")]
    [InlineData("Bearerabc")]
    public async Task A_bearer_header_that_cannot_be_read_is_no_token(string authorization)
    {
        foreach (var served in (WatchedApp[])[apps.Fallback, apps.Optional])
        {
            Assert.Equal("no_token", (await served.Rpc.SendAsync("tools/list", authorization, false)).FallbackReason);
        }

        var answer = await apps.Challenge.Rpc.SendAsync("tools/list", authorization, perRequest: true);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal($"Bearer resource_metadata=\"{apps.Challenge.MetadataUrl()}\"", answer.Challenge());
        Assert.Equal("authentication_required", (string?)answer.Error["data"]!["code"]);
        Assert.Empty(apps.Api.Calls);
    }
}
