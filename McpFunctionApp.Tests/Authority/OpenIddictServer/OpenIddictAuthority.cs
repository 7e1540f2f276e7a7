using System.Collections.Concurrent;
using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace McpFunctionApp.Tests.Authority.OpenIddictServer;

/// <summary>One question to the token endpoint.</summary>
/// <param name="Subject">The token that was to be exchanged; null in other grants.</param>
public sealed record TokenQuestion(
    string GrantType,
    string? Subject,
    IReadOnlyDictionary<string, string?> Parameters,
    string? Authorization
);

/// <summary>
/// A real authority on 127.0.0.1: the OpenIddict server with sign-in by code and PKCE, token exchange (RFC 8693), and a
/// JWT bearer grant that validates its assertion and answers missing consent as Entra does. It forgets nothing when it is
/// stopped and started again at the same address.
/// </summary>
public sealed class OpenIddictAuthority : IAsyncDisposable
{
    public const string ServerAudience = "https://mcp.example/mcp";
    public const string FormAudience = "https://forms.example/api";
    public const string ServerClient = "mcp-server";
    public const string ServerSecret = "s3cret~of+the/server=%41-and.more";
    public const string PublicClient = "journey";
    public const string Callback = "http://127.0.0.1:1/callback";

    private readonly int _port = FreePort.Next();
    private readonly TimeProvider _clock;
    private readonly ConcurrentQueue<TokenQuestion> _questions = new();
    private WebApplication? _app;
    private bool _isWarm;

    private OpenIddictAuthority(TimeProvider clock)
    {
        _clock = clock;
        Tokens = new AuthorityTokens(Address, clock);
        Grants = new AuthorityGrants(Tokens);
    }

    public string Address => $"http://127.0.0.1:{_port}/tenant";

    public AuthorityTokens Tokens { get; }

    public AuthorityGrants Grants { get; }

    /// <summary>All that the token endpoint was asked, refused questions among them.</summary>
    public IReadOnlyList<TokenQuestion> Questions => [.. _questions];

    /// <summary>Those that came for a token of the form API's.</summary>
    public IReadOnlyList<TokenQuestion> Exchanges =>
        [.. _questions.Where(question => question.GrantType is GrantTypes.TokenExchange or AuthorityGrants.JwtBearer)];

    /// <summary>The public half of the server's own key, where it proves who it is by one.</summary>
    public SecurityKey? ServerKey { get; set; }

    public static async Task<OpenIddictAuthority> StartAsync(TimeProvider clock)
    {
        var authority = new OpenIddictAuthority(clock);
        await authority.StartAgainAsync();
        return authority;
    }

    public async Task StartAgainAsync()
    {
        _app = Build();
        await _app.StartAsync();
        await WarmUpAsync();
    }

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is { } app)
        {
            // Connections are closed and not cut, so that whoever kept one open knows before using it again.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await app.StopAsync(limit.Token);
            await app.DisposeAsync();
        }
    }

    /// <summary>Signs with another key from now on; the old one is no longer published.</summary>
    public async Task RotateKeyAsync()
    {
        await StopAsync();
        Tokens.ReplaceKey();
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>The first answers are slow, since much is loaded for them, and the product's patience is short.</summary>
    private async Task WarmUpAsync()
    {
        using var http = new HttpClient();
        await http.GetStringAsync($"{Address}/.well-known/openid-configuration");
        await http.GetStringAsync($"{Address}/keys");
        using var question = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = AuthorityGrants.JwtBearer,
                ["client_id"] = ServerClient,
                ["client_secret"] = ServerSecret,
                ["assertion"] = Tokens.For("nobody"),
            }
        );
        _isWarm = false;
        using var answer = await http.PostAsync($"{Address}/token", question);
        _isWarm = true;
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, _port));
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore().AddAuthentication();
        builder.Services.AddSingleton(_clock);
        builder.Services.AddOpenIddict().AddServer(options => AuthoritySetup.Configure(options, this, _clock));
        var app = builder.Build();
        app.Use(KeepQuestionAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.MapGet("/tenant/authorize", AuthorityGrants.AuthorizeAsync);
        app.MapPost("/tenant/token", Grants.GiveTokenAsync);
        app.UseEndpoints(_ => { });
        return app;
    }

    private async Task KeepQuestionAsync(HttpContext context, RequestDelegate next)
    {
        if (_isWarm && context.Request.Path == "/tenant/token")
        {
            var form = await context.Request.ReadFormAsync();
            var parameters = form.ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value.ToString());
            _questions.Enqueue(
                new TokenQuestion(
                    form["grant_type"].ToString(),
                    parameters.GetValueOrDefault("subject_token") ?? parameters.GetValueOrDefault("assertion"),
                    parameters,
                    context.Request.Headers.Authorization
                )
            );
        }

        await next(context);
    }
}
