using System.Text.Json.Serialization;

namespace McpFunctionApp.Replies;

/// <summary>What a client is told about signing in here: the protected resource metadata of RFC 9728, section 2.</summary>
/// <param name="Resource">The address of the MCP endpoint, which a token is to be asked for.</param>
/// <param name="AuthorizationServers">The issuers that give such tokens; null: not configured.</param>
/// <param name="Scopes">What to ask them for; null: not configured.</param>
/// <param name="BearerMethods">How a token is sent: in a header, never in an address.</param>
public sealed record ResourceMetadata(
    string Resource,
    [property: JsonPropertyName("authorization_servers")] IReadOnlyList<string>? AuthorizationServers,
    [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string>? Scopes,
    [property: JsonPropertyName("bearer_methods_supported")] IReadOnlyList<string> BearerMethods,
    [property: JsonPropertyName("resource_name")] string Name
);
