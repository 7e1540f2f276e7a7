using System.Text.Json.Nodes;
using System.Web;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Stress;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>The official clients find out by themselves where to sign in: up to the authorization server's address, which they
/// would open in a browser.</summary>
public sealed class SignInJourneyTests : IAsyncLifetime
{
    private const string RejectedToken = "rejected.Hn4rTe8kPw2xVz6mCq1y.secret-part";

    private FakeFormApi _api = null!;
    private TestAuthority _authority = null!;

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.StartAsync();
        _api = await FakeFormApi.StartAsync();
        _api.ServeByToken(token => token == Given.Token ? Given.Fields : null);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _authority.DisposeAsync();
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Challenged_without_a_token_a_client_finds_the_authorization_server(string client)
    {
        await using var app = await StartAsync("Challenge");
        AssertFound(app, await SignInAsync(client, app, null));
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Challenged_with_a_refused_token_a_client_finds_the_authorization_server(string client)
    {
        await using var app = await StartAsync("Optional");
        AssertFound(app, await SignInAsync(client, app, RejectedToken));
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Where_a_token_is_optional_a_client_without_one_is_served_and_sent_nowhere(string client)
    {
        await using var app = await StartAsync("Optional");
        Assert.Null(await SignInAsync(client, app, null));
        Assert.Equal(0, _authority.MetadataFetches);
    }

    private Task<TestApp> StartAsync(string mode) =>
        TestApp.StartAsync(
            _api,
            settings: EveryLogLine.Settings(
                ("Callers:Mode", mode),
                ("Callers:AuthorizationServers:0", _authority.Address),
                ("Callers:Scopes:0", "forms.read"),
                ("Callers:Scopes:1", "forms.write")
            )
        );

    private void AssertFound(TestApp app, string? authorizationUrl)
    {
        var url = new Uri(authorizationUrl ?? throw new InvalidOperationException("The client was sent nowhere."));
        Assert.Equal($"{_authority.Address}/authorize", url.GetLeftPart(UriPartial.Path));
        var query = HttpUtility.ParseQueryString(url.Query);
        Assert.Equal(app.Endpoint.ToString(), query["resource"]);
        Assert.Equal("forms.read forms.write", query["scope"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        new TokenHunt([RejectedToken]).AssertNothingIn(app.Log);
    }

    /// <returns>Where the client would send its user; null where it was served.</returns>
    private static Task<string?> SignInAsync(string client, TestApp app, string? token) =>
        client switch
        {
            _ when client.StartsWith("C#", StringComparison.Ordinal) => SignInCSharpAsync(
                app,
                token,
                JourneyClients.RevisionOf(client)
            ),
            _ when client.Contains("1.x", StringComparison.Ordinal) => SignInNodeAsync(app, token, "sdk1", "handshake"),
            _ => SignInNodeAsync(
                app,
                token,
                "client2",
                client.EndsWith("handshake", StringComparison.Ordinal) ? "handshake" : "2026-07-28"
            ),
        };

    private static async Task<string?> SignInCSharpAsync(TestApp app, string? token, string revision)
    {
        string? found = null;
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = app.Endpoint,
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = token is null
                    ? null
                    : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
                OAuth = new ClientOAuthOptions
                {
                    RedirectUri = new Uri("http://127.0.0.1:1/callback"),
                    ClientId = "journey",
                    AuthorizationCallbackHandler = (context, _) =>
                    {
                        found = context.AuthorizationUri.ToString();
                        throw new OperationCanceledException("The user goes no further.");
                    },
                },
            }
        );
        try
        {
            await using var client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = revision });
            await client.ListToolsAsync();
        }
        catch (Exception) when (found is not null)
        {
            // Stopped by the handler above.
        }

        return found;
    }

    private static async Task<string?> SignInNodeAsync(TestApp app, string? token, string client, string era)
    {
        var journey = new JsonObject
        {
            ["endpoint"] = app.Endpoint.ToString(),
            ["client"] = client,
            ["era"] = era,
            ["token"] = token,
        };
        var outcome = JsonObject.Create(await NodeRig.RunAsync("signin.mjs", journey))!;
        return (string?)outcome["authorizationUrl"]
            ?? (outcome["failure"] is { } failure ? throw new InvalidOperationException($"{failure}") : null);
    }
}
