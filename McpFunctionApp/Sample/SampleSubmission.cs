namespace McpFunctionApp.Sample;

/// <summary>An accepted submission; its fields are kept as the compact UTF-8 JSON object they came in.</summary>
internal sealed record SampleSubmission(
    long Id,
    string Caller,
    string? IdempotencyKey,
    DateTimeOffset ReceivedAt,
    ReadOnlyMemory<byte> Fields
)
{
    public const string Status = "open";
}
