using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;

namespace McpFunctionApp.Tests.Authority;

/// <summary>The app in a process of its own, with the identity that App Service gives it by an endpoint on loopback.</summary>
public sealed class ManagedIdentityTests : IAsyncLifetime
{
    private const string Assertion = "assertion-of-the-managed-identity.Qz7rT2";

    private FakeFormApi _identity = null!;
    private FakeFormApi _tokens = null!;
    private FakeFormApi _forms = null!;
    private TestAuthority _authority = null!;

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.StartAsync();
        _identity = await FakeFormApi.StartAsync();
        _tokens = await FakeFormApi.StartAsync();
        _forms = await FakeFormApi.StartAsync();
        _tokens.OnSubmit = context => FakeFormApi.Json(context, ExchangeRig.Answer("exchanged-token"));
        _forms.ServeFields(Given.Fields);
    }

    public async Task DisposeAsync()
    {
        await _forms.DisposeAsync();
        await _tokens.DisposeAsync();
        await _identity.DisposeAsync();
        await _authority.DisposeAsync();
    }

    [Fact]
    public async Task The_apps_identity_stands_for_the_client_and_there_is_no_secret()
    {
        var expires = DateTimeOffset.UtcNow.AddHours(24).ToUnixTimeSeconds();
        _identity.OnForm = context =>
            FakeFormApi.Json(
                context,
                $$"""
                {"access_token":"{{Assertion}}","expires_on":"{{expires}}",
                "resource":"api://AzureADTokenExchange","token_type":"Bearer"}
                """
            );
        Assert.Contains("create_request", (await ListAsync("11111111-2222-3333-4444-555555555555")).ToolNames);

        var asked = Assert.Single(_identity.Calls);
        Assert.Equal("the-header", asked.Headers["X-IDENTITY-HEADER"].ToString());
        var question = QueryHelpers.ParseQuery(Assert.Single(_tokens.Submissions).Body);
        Assert.Equal(Assertion, question["client_assertion"]);
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", question["client_assertion_type"]);
        Assert.Equal("this-server", question["client_id"]);
        Assert.False(question.ContainsKey("client_secret"));
        Assert.Equal("exchanged-token", Assert.Single(_forms.Calls).Token);
    }

    [SlowFact]
    public async Task An_identity_that_gives_no_token_is_unavailable_and_the_authority_is_not_asked()
    {
        _identity.OnForm = context => FakeFormApi.Json(context, """{"statusCode":400,"message":"no such identity"}""", 400);
        Assert.Equal("unavailable", (await ListAsync("system")).FallbackReason);
        Assert.Empty(_tokens.Calls);
    }

    private async Task<RpcAnswer> ListAsync(string identity)
    {
        var port = FreePort.Next();
        await using var app = await AppProcess.RunAsync(
            ["--environment", "Production", "--urls", $"http://127.0.0.1:{port}"],
            new Dictionary<string, string>
            {
                ["IDENTITY_ENDPOINT"] = $"{_identity.Address}/msi/token",
                ["IDENTITY_HEADER"] = "the-header",
                ["Callers__Authority"] = _authority.Address,
                ["Callers__Audience"] = TestAuthority.Audience,
                ["Callers__Client__Id"] = "this-server",
                ["Callers__Client__ManagedIdentity"] = identity,
                ["Callers__Client__TokenUrl"] = $"{_tokens.Address}/token",
                ["Forms__0__Url"] = _forms.FormUrl,
                ["Forms__0__Exchange"] = "OnBehalfOf",
                ["Forms__0__Scopes__0"] = "api://forms/.default",
            }
        );
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        return await new RpcClient(http).ListAsync(_authority.Token(DateTimeOffset.UtcNow), true);
    }
}
