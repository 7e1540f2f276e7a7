using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace McpFunctionApp.Tests.Authority.OpenIddictServer;

/// <summary>Sets the OpenIddict server up without a database: which flows it has, and how its two clients prove who they
/// are.</summary>
internal static class AuthoritySetup
{
    private static readonly SymmetricSecurityKey s_encryptionKey = new(RandomNumberGenerator.GetBytes(32));

    public static void Configure(OpenIddictServerBuilder options, OpenIddictAuthority authority, TimeProvider clock)
    {
        options.EnableDegradedMode().DisableAccessTokenEncryption().DisableResourceValidation().DisableAudienceValidation();
        options.SetIssuer(new Uri(authority.Address));
        options
            .SetAuthorizationEndpointUris("tenant/authorize")
            .SetTokenEndpointUris("tenant/token")
            .SetJsonWebKeySetEndpointUris("tenant/keys");
        options.SetConfigurationEndpointUris(
            "tenant/.well-known/openid-configuration",
            ".well-known/oauth-authorization-server/tenant"
        );
        options
            .AllowAuthorizationCodeFlow()
            .RequireProofKeyForCodeExchange()
            .AllowTokenExchangeFlow()
            .AllowCustomFlow(AuthorityGrants.JwtBearer);
        options.RegisterScopes("forms.read", "forms.write", "forms");
        options.AddSigningKey(authority.Tokens.Key).AddEncryptionKey(s_encryptionKey);
        options.Configure(o => o.TimeProvider = clock);
        options.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler =>
            handler.UseInlineHandler(ValidateUser)
        );
        options.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler =>
            handler.UseInlineHandler(context => ValidateClient(context, authority.ServerKey))
        );
        options.AddEventHandler<OpenIddictServerEvents.ValidateTokenContext>(handler =>
            handler
                .UseInlineHandler(context => UseServerKey(context, authority.ServerKey))
                .SetOrder(OpenIddictServerHandlers.Protection.ValidateIdentityModelToken.Descriptor.Order - 1)
        );
        options
            .UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .DisableTransportSecurityRequirement();
    }

    private static ValueTask ValidateUser(OpenIddictServerEvents.ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != OpenIddictAuthority.PublicClient || context.RedirectUri != OpenIddictAuthority.Callback)
        {
            context.Reject(Errors.InvalidClient);
        }

        return default;
    }

    private static ValueTask ValidateClient(OpenIddictServerEvents.ValidateTokenRequestContext context, SecurityKey? serverKey)
    {
        var isKnown =
            context.Request.GrantType == GrantTypes.AuthorizationCode
                ? context.ClientId == OpenIddictAuthority.PublicClient
                : context.ClientId == OpenIddictAuthority.ServerClient
                    && (
                        serverKey is null
                            ? context.ClientSecret == OpenIddictAuthority.ServerSecret
                            : context.Request.ClientAssertion is not null
                    );
        if (!isKnown)
        {
            context.Reject(Errors.InvalidClient, "The client is not known, or cannot prove who it is.");
        }

        return default;
    }

    /// <summary>The server validates an assertion by itself; whose key signs it, an authority with a database would look up
    /// there.</summary>
    private static ValueTask UseServerKey(OpenIddictServerEvents.ValidateTokenContext context, SecurityKey? serverKey)
    {
        if (serverKey is not null && context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.ClientAssertion))
        {
            context.TokenValidationParameters = context.TokenValidationParameters.Clone();
            context.TokenValidationParameters.IssuerSigningKeys = [serverKey];
            context.TokenValidationParameters.IssuerSigningKeyResolver = null;
        }

        return default;
    }
}
