using Duende.IdentityModel.Client;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>How this server proves to the authority who it is.</summary>
public abstract class ClientCredential
{
    /// <summary>The name below <c>Callers:Client</c> of the setting that it was made from.</summary>
    public abstract string Setting { get; }

    /// <summary>Adds the proof to a request that already has the client's id and the address it goes to.</summary>
    /// <param name="authority">What the authority says of itself; null where that cannot be had.</param>
    public abstract ValueTask AddToAsync(
        ProtocolRequest request,
        OpenIdConnectConfiguration? authority,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>A JWT that stands for the secret (RFC 7523, section 2.2); the client's id then stands in the body.</summary>
    protected static void AddAssertion(ProtocolRequest request, string jwt)
    {
        request.ClientCredentialStyle = ClientCredentialStyle.PostBody;
        request.ClientAssertion = new ClientAssertion
        {
            Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            Value = jwt,
        };
    }
}

/// <summary>A shared secret: in the body where the authority says that it takes it there, else by HTTP Basic, which every
/// authority must take (RFC 6749, section 2.3.1).</summary>
internal sealed class ClientSecret(string secret) : ClientCredential
{
    public override string Setting => "Secret";

    public override ValueTask AddToAsync(
        ProtocolRequest request,
        OpenIdConnectConfiguration? authority,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        request.ClientSecret = secret;
        request.AuthorizationHeaderStyle = BasicAuthenticationHeaderStyle.Rfc6749;
        request.ClientCredentialStyle =
            authority?.TokenEndpointAuthMethodsSupported.Contains("client_secret_post") == true
                ? ClientCredentialStyle.PostBody
                : ClientCredentialStyle.AuthorizationHeader;
        return ValueTask.CompletedTask;
    }
}
