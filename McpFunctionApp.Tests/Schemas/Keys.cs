using McpFunctionApp.Callers;
using McpFunctionApp.Schemas;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Keys of forms in memory, for callers that are told apart by a word.</summary>
internal static class Keys
{
    public static SchemaKey Of(string caller, string tool) => new(Caller.FromToken(caller, "groups").Fingerprint, tool);
}
