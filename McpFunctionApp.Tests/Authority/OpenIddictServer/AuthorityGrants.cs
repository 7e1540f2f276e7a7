using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace McpFunctionApp.Tests.Authority.OpenIddictServer;

/// <summary>Whom an <see cref="OpenIddictAuthority"/> gives a token: everybody who signs in, and the server for whoever has
/// consented.</summary>
public sealed class AuthorityGrants(AuthorityTokens tokens)
{
    /// <summary>The JWT bearer grant, as Entra has it for one service on behalf of another's user.</summary>
    public const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /// <summary>Whether the form API may be used on behalf of its users.</summary>
    public bool IsConsented { get; set; } = true;

    /// <summary>The life of the tokens for the form API.</summary>
    public TimeSpan FormTokenLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Runs before a token for the form API is given.</summary>
    public Func<Task> BeforeExchange { get; set; } = () => Task.CompletedTask;

    /// <summary>Everybody is signed in at once, as the user that the request names.</summary>
    public static Task AuthorizeAsync(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        return context.SignInAsync(
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme,
            Principal(
                (string?)request["login_hint"] ?? "sam",
                request.GetScopes(),
                [OpenIddictAuthority.ServerAudience, OpenIddictAuthority.ServerClient],
                AuthorityTokens.Life
            )
        );
    }

    public async Task GiveTokenAsync(HttpContext context)
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
        if (
            subject is null
            || await tokens.UserOfAsync(subject, OpenIddictAuthority.ServerAudience) is not { } user
            || tokens.IsRevoked(subject)
        )
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
                Principal(user, ["forms"], [OpenIddictAuthority.FormAudience], FormTokenLife)
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
}
