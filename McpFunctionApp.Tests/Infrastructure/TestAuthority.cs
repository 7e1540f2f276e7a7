using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>
/// An authority on 127.0.0.1 that signs tokens with real keys and publishes them, as an OpenID provider does. It is also
/// an OAuth authorization server as far as a client sees one before its user signs in.
/// </summary>
public sealed class TestAuthority : IAsyncDisposable
{
    public const string Audience = "https://forms.example/mcp";

    private readonly WebApplication _app;
    private readonly List<SigningKey> _published = [SigningKey.Rsa];
    private int _keyFetches;
    private int _metadataFetches;

    private TestAuthority(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>The keys that it publishes.</summary>
    public IReadOnlyList<SigningKey> Published
    {
        set
        {
            lock (_published)
            {
                _published.Clear();
                _published.AddRange(value);
            }
        }
    }

    /// <summary>Answers instead of the metadata and the keys, where it is set.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>What the metadata says of the issuer; its own address unless set.</summary>
    public string? Issuer { get; set; }

    public int KeyFetches => Volatile.Read(ref _keyFetches);

    /// <summary>How often the metadata of the authority was read, by the product or by a client.</summary>
    public int MetadataFetches => Volatile.Read(ref _metadataFetches);

    public static async Task<TestAuthority> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var authority = new TestAuthority(builder.Build());
        authority._app.Run(authority.HandleAsync);
        await authority._app.StartAsync();
        return authority;
    }

    /// <summary>Settings with which the product checks tokens against this authority.</summary>
    public Dictionary<string, string?> Settings(string mode, params (string Name, string Value)[] more)
    {
        var settings = more.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        settings["Callers:Mode"] = mode;
        settings["Callers:Authority"] = Address;
        settings["Callers:Audience"] = Audience;
        return settings;
    }

    /// <summary>A token of this authority for the product, in force for an hour.</summary>
    public string Token(DateTimeOffset now, SigningKey? key = null, string claims = "") =>
        (key ?? SigningKey.Rsa).Sign(Payload(now, claims));

    public string Payload(
        DateTimeOffset now,
        string claims = "",
        string? issuer = null,
        string audience = Audience,
        int from = -60,
        int to = 3600
    ) =>
        $$"""{"iss":"{{issuer ?? Address}}","aud":"{{audience}}","sub":"sam","nbf":{{now.ToUnixTimeSeconds() + from}}"""
        + $$""","exp":{{now.ToUnixTimeSeconds() + to}}{{claims}}}""";

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private Task HandleAsync(HttpContext context)
    {
        if (Instead is { } instead)
        {
            return instead(context);
        }

        switch (context.Request.Path.Value)
        {
            case "/.well-known/openid-configuration" or "/.well-known/oauth-authorization-server":
                Interlocked.Increment(ref _metadataFetches);
                return FakeFormApi.Json(context, Metadata());
            case "/keys":
                Interlocked.Increment(ref _keyFetches);
                return FakeFormApi.Json(context, Keys());
            default:
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }

    private string Metadata() =>
        $$"""
            {
              "issuer": "{{Issuer ?? Address}}",
              "authorization_endpoint": "{{Address}}/authorize",
              "token_endpoint": "{{Address}}/token",
              "jwks_uri": "{{Address}}/keys",
              "response_types_supported": ["code"],
              "subject_types_supported": ["public"],
              "id_token_signing_alg_values_supported": ["RS256"],
              "code_challenge_methods_supported": ["S256"],
              "token_endpoint_auth_methods_supported": ["none"],
              "client_id_metadata_document_supported": false
            }
            """;

    private string Keys()
    {
        lock (_published)
        {
            return $$"""{"keys":[{{string.Join(',', _published.Select(key => key.PublicJwk))}}]}""";
        }
    }
}
