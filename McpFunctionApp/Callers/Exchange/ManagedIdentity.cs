using Azure.Core;
using Azure.Identity;
using Duende.IdentityModel.Client;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>No secret at all: the identity that Azure gives this app stands for the client, by a federated credential of its
/// registration.</summary>
/// <param name="identity"><c>system</c> or <c>true</c> for the app's own identity, else the client id of a user-assigned
/// one.</param>
internal sealed class ManagedIdentity(string identity) : ClientCredential
{
    // The audience that federated credentials of Entra expect of another identity's token.
    private static readonly TokenRequestContext s_audience = new(["api://AzureADTokenExchange/.default"]);

    // Made when first asked: a start does not pay for it.
    private readonly Lazy<ManagedIdentityCredential> _credential = new(() =>
        new ManagedIdentityCredential(
            identity.ToLowerInvariant() is "system" or "true"
                ? ManagedIdentityId.SystemAssigned
                : ManagedIdentityId.FromUserAssignedClientId(identity)
        )
    );

    public override string Setting => "ManagedIdentity";

    /// <exception cref="AuthenticationFailedException">Azure gave no token for the identity.</exception>
    public override async ValueTask AddToAsync(
        ProtocolRequest request,
        OpenIdConnectConfiguration? authority,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => AddAssertion(request, (await _credential.Value.GetTokenAsync(s_audience, cancellationToken)).Token);
}
