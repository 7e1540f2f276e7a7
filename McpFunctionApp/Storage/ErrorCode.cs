using System.Text.RegularExpressions;

namespace McpFunctionApp.Storage;

/// <summary>Finds the service's error code in an answer: in its header, or in the OData error that is the body of older
/// versions.</summary>
internal static partial class ErrorCode
{
    /// <returns>Null where there is none that looks like one: a code goes into messages, other text from outside does
    /// not.</returns>
    public static string? Read(string? header, ReadOnlyMemory<byte> body) =>
        (header ?? FromBody(body)) is { } code && Code().IsMatch(code) ? code : null;

    private static string? FromBody(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.GetProperty("odata.error").GetProperty("code").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[A-Za-z]{1,64}\z")]
    private static partial Regex Code();
}
