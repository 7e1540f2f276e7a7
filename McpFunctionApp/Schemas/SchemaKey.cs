namespace McpFunctionApp.Schemas;

/// <summary>
/// What a cached form belongs to: one caller, by the fingerprint of the whole token, and one tool.
/// The form's address and the settings that shape the mapping cannot change while the process lives.
/// </summary>
public sealed record SchemaKey(string Fingerprint, string Tool);
