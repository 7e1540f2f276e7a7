using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace McpFunctionApp.Tests.Authority;

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

    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    // Made once: a key takes far longer to make than all that a test does with it.
    private static readonly RsaSecurityKey[] s_signingKeys = [NewKey(), NewKey()];
    private static readonly SymmetricSecurityKey s_encryptionKey = new(RandomNumberGenerator.GetBytes(32));

    private readonly TimeProvider _clock;
    private readonly ConcurrentQueue<TokenQuestion> _questions = new();
    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private RsaSecurityKey _key = s_signingKeys[0];
    private WebApplication? _app;
    private bool _isWarm;
    private readonly int _port = FreePort.Next();

    private OpenIddictAuthority(TimeProvider clock) => _clock = clock;

    public string Address => $"http://127.0.0.1:{_port}/tenant";

    /// <summary>All that the token endpoint was asked, refused questions among them.</summary>
    public IReadOnlyList<TokenQuestion> Questions => [.. _questions];

    /// <summary>Those that came for a token of the form API's.</summary>
    public IReadOnlyList<TokenQuestion> Exchanges =>
        [.. _questions.Where(question => question.GrantType is GrantTypes.TokenExchange or JwtBearer)];

    /// <summary>Whether the form API may be used on behalf of its users.</summary>
    public bool IsConsented { get; set; } = true;

    /// <summary>The lives of the tokens that it gives for the server, and for the form API.</summary>
    public TimeSpan ServerTokenLife { get; set; } = TimeSpan.FromHours(1);

    public TimeSpan FormTokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Runs before a token for the form API is given.</summary>
    public Func<Task> BeforeExchange { get; set; } = () => Task.CompletedTask;

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
        _key = s_signingKeys[1];
        await StartAgainAsync();
    }

    /// <summary>From now on no token is given for this one.</summary>
    public void Revoke(string token) => _revoked[IdOf(token)] = true;

    /// <summary>A token for the server, as a user who signed in has it.</summary>
    public string TokenFor(string user, string scope = "forms.read", string audience = ServerAudience, TimeSpan? life = null)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Address,
                Audiences = { audience, ServerClient },
                TokenType = "at+jwt",
                IssuedAt = now,
                NotBefore = now,
                Expires = now + (life ?? ServerTokenLife),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = user,
                    ["scope"] = scope,
                    ["jti"] = Guid.NewGuid().ToString(),
                    ["client_id"] = PublicClient,
                },
                SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
            }
        );
    }

    /// <summary>Who a token was given to, where it is one of this authority's for this audience and in force.</summary>
    /// <returns>Null for any other.</returns>
    public async Task<string?> UserOfAsync(string token, string audience)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = Address,
                ValidAudience = audience,
                IssuerSigningKey = _key,
                LifetimeValidator = (_, to, _, _) => to > _clock.GetUtcNow().UtcDateTime,
            }
        );
        return result.IsValid ? (string)result.Claims["sub"] : null;
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
                ["grant_type"] = JwtBearer,
                ["client_id"] = ServerClient,
                ["client_secret"] = ServerSecret,
                ["assertion"] = TokenFor("nobody"),
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
        builder.Services.AddOpenIddict().AddServer(Configure);
        var app = builder.Build();
        app.Use(KeepQuestionAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.MapGet("/tenant/authorize", AuthorizeAsync);
        app.MapPost("/tenant/token", GiveTokenAsync);
        app.UseEndpoints(_ => { });
        return app;
    }

    private void Configure(OpenIddictServerBuilder options)
    {
        options.EnableDegradedMode().DisableAccessTokenEncryption().DisableResourceValidation().DisableAudienceValidation();
        options.SetIssuer(new Uri(Address));
        options
            .SetAuthorizationEndpointUris("tenant/authorize")
            .SetTokenEndpointUris("tenant/token")
            .SetJsonWebKeySetEndpointUris("tenant/keys");
        options.SetConfigurationEndpointUris(
            "tenant/.well-known/openid-configuration",
            ".well-known/oauth-authorization-server/tenant"
        );
        options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowTokenExchangeFlow().AllowCustomFlow(JwtBearer);
        options.RegisterScopes("forms.read", "forms.write", "forms");
        options.AddSigningKey(_key).AddEncryptionKey(s_encryptionKey);
        options.Configure(o => o.TimeProvider = _clock);
        options.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                if (context.ClientId != PublicClient || context.RedirectUri != Callback)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            })
        );
        options.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler =>
            handler.UseInlineHandler(ValidateClient)
        );
        options.AddEventHandler<OpenIddictServerEvents.ValidateTokenContext>(handler =>
            handler
                .UseInlineHandler(UseServerKey)
                .SetOrder(OpenIddictServerHandlers.Protection.ValidateIdentityModelToken.Descriptor.Order - 1)
        );
        options
            .UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .DisableTransportSecurityRequirement();
    }

    private ValueTask ValidateClient(OpenIddictServerEvents.ValidateTokenRequestContext context)
    {
        var isKnown =
            context.Request.GrantType == GrantTypes.AuthorizationCode
                ? context.ClientId == PublicClient
                : context.ClientId == ServerClient
                    && (ServerKey is null ? context.ClientSecret == ServerSecret : context.Request.ClientAssertion is not null);
        if (!isKnown)
        {
            context.Reject(Errors.InvalidClient, "The client is not known, or cannot prove who it is.");
        }

        return default;
    }

    /// <summary>The server validates an assertion by itself; whose key signs it, an authority with a database would look up
    /// there.</summary>
    private ValueTask UseServerKey(OpenIddictServerEvents.ValidateTokenContext context)
    {
        if (ServerKey is not null && context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion))
        {
            context.TokenValidationParameters = context.TokenValidationParameters.Clone();
            context.TokenValidationParameters.IssuerSigningKeys = [ServerKey];
            context.TokenValidationParameters.IssuerSigningKeyResolver = null;
        }

        return default;
    }

    /// <summary>Everybody is signed in at once, as the user that the request names.</summary>
    private Task AuthorizeAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        return context.SignInAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
            Principal(
                (string?)request["login_hint"] ?? "sam",
                request.GetScopes(),
                [ServerAudience, ServerClient],
                ServerTokenLife
            )
        );
    }

    private async Task GiveTokenAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (request.IsAuthorizationCodeGrantType())
        {
            var ticket = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
            await context.SignInAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, ticket.Principal!);
            return;
        }

        await BeforeExchange();
        var subject = request.GrantType == JwtBearer ? (string?)request["assertion"] : request.SubjectToken;
        if (subject is null || await UserOfAsync(subject, ServerAudience) is not { } user || _revoked.ContainsKey(IdOf(subject)))
        {
            await RefuseAsync(
                context,
                Errors.InvalidGrant,
                null,
                500133,
                "The assertion is not within its valid time range, or is revoked."
            );
        }
        else if (!IsConsented)
        {
            await RefuseAsync(
                context,
                Errors.InvalidGrant,
                "consent_required",
                65001,
                "The user or administrator has not consented to use the application."
            );
        }
        else
        {
            await context.SignInAsync(
                OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
                Principal(user, ["forms"], [FormAudience], FormTokenLife)
            );
        }
    }

    private static ClaimsPrincipal Principal(
        string user,
        ImmutableArray<string> scopes,
        ImmutableArray<string> audiences,
        TimeSpan life
    )
    {
        var identity = new ClaimsIdentity("signed-in", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetResources(audiences);
        principal.SetAccessTokenLifetime(life);
        principal.SetIssuedTokenLifetime(life);
        principal.SetDestinations(static _ => [Destinations.AccessToken]);
        return principal;
    }

    private static Task RefuseAsync(HttpContext context, string error, string? suberror, int code, string description)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsJsonAsync(
            new Dictionary<string, object?>
            {
                ["error"] = error,
                ["error_description"] = $"AADSTS{code}: {description}",
                ["error_codes"] = new[] { code },
                ["suberror"] = suberror,
            }
        );
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

    private static string IdOf(string token) => new JsonWebToken(token).Id;

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
}
