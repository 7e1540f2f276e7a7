namespace McpFunctionApp.Messages;

/// <summary>The MCP revisions served: four with the initialize handshake, and the one with per-request metadata.</summary>
public static class ProtocolRevisions
{
    /// <summary>No handshake and no sessions: every request carries its revision and the client's capabilities in
    /// <c>_meta</c>.</summary>
    public const string PerRequest = "2026-07-28";

    /// <summary>What a request without a version header speaks, by the specification.</summary>
    public const string Assumed = "2025-03-26";

    public const string NewestHandshake = "2025-11-25";

    public static IReadOnlyList<string> Handshake { get; } = ["2024-11-05", Assumed, "2025-06-18", NewestHandshake];

    public static IReadOnlyList<string> All { get; } = [.. Handshake, PerRequest];
}
