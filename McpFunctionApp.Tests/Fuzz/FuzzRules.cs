using System.Text;
using McpFunctionApp.Tests.Hostile;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>What every answer of the MCP endpoint keeps to, whatever was asked.</summary>
internal static class FuzzRules
{
    private static readonly int[] s_statuses = [200, 202, 400, 403, 404, 405, 406, 408, 411, 413, 414, 415, 417, 431, 505];

    // Decided before the body was read, so that no id is known.
    private static readonly int[] s_withoutId = [403, 405, 406, 408, 413, 415];

    /// <returns>The rule that was broken; null where none was.</returns>
    public static string? Broken(FuzzRequest request, RawAnswer answer)
    {
        var isExpectedElsewhere =
            (answer.Status == 204 && request.Line.StartsWith("OPTIONS", StringComparison.Ordinal))
            || (answer.Status == 401 && request.Line.Contains("/cache/me", StringComparison.Ordinal));
        if (!s_statuses.Contains(answer.Status) && !isExpectedElsewhere)
        {
            return $"status {answer.Status} is none of the allowed";
        }

        var isRpc = request.Line.Contains("/mcp", StringComparison.OrdinalIgnoreCase);
        return !isRpc ? null
            : answer.Body.Length > 0 ? BrokenBody(request, answer)
            : answer.Status == 200 ? "200 without a body"
            : answer.Status == 202 && request.IsClear && IsRequest(request.Body)
                ? "a request was answered as if nobody waited for the answer"
            : null;
    }

    private static string? BrokenBody(FuzzRequest request, RawAnswer answer)
    {
        if (MessageOf(answer) is not { ValueKind: JsonValueKind.Object } message)
        {
            return "a body that is neither a JSON object nor an event with one";
        }

        var hasError = message.TryGetProperty("error", out var error);
        return !message.TryGetProperty("jsonrpc", out var version)
            || version.ValueKind != JsonValueKind.String
            || !version.ValueEquals("2.0")
                ? "a body that is no JSON-RPC 2.0"
            : hasError == message.TryGetProperty("result", out _) ? "a body with neither or both of result and error"
            : hasError && error.GetProperty("code").GetInt32() == -32603 ? "an internal error"
            : hasError && error.GetProperty("message").GetString() is null or "" ? "an error without a message"
            : !hasError && answer.Status != 200 ? $"a result with status {answer.Status}"
            : answer.Text.Contains("An error occurred", StringComparison.Ordinal) ? "the SDK's answer to an exception"
            : request.IsClear ? BrokenId(request, answer, message, hasError ? error.GetProperty("code").GetInt32() : 0)
            : null;
    }

    /// <summary>JSON, or the one event that it is for a client that takes nothing else.</summary>
    private static JsonElement? MessageOf(RawAnswer answer)
    {
        var start = "event: message\ndata: "u8;
        return answer.Headers.GetValueOrDefault("Content-Type", "") switch
        {
            "application/json" => Parse(answer.Body),
            "text/event-stream" when answer.Body.AsSpan().StartsWith(start) && answer.Body.AsSpan().EndsWith("\n\n"u8) => Parse(
                answer.Body[start.Length..^2]
            ),
            _ => null,
        };
    }

    private static string? BrokenId(FuzzRequest request, RawAnswer answer, JsonElement message, int code)
    {
        var usable = s_withoutId.Contains(answer.Status) || code == -32700 ? null : UsableId(request.Body);
        return !message.TryGetProperty("id", out var id) ? "no id"
            : Shown(id) == (usable ?? "null") ? null
            : $"id {id.GetRawText()} instead of {usable ?? "null"}";
    }

    private static bool IsRequest(byte[] body) =>
        UsableId(body) is not null
        && Parse(body)!.Value.TryGetProperty("method", out var method)
        && method.ValueKind == JsonValueKind.String;

    /// <summary>The id that has to come back, as comparable text; null where there is none.</summary>
    private static string? UsableId(byte[] body) =>
        Parse(body) is { ValueKind: JsonValueKind.Object } message
        && message.TryGetProperty("id", out var id)
        && Shown(id) is var shown and not "null"
            ? shown
            : null;

    private static string Shown(JsonElement id)
    {
        try
        {
            return id.ValueKind switch
            {
                JsonValueKind.String => $"text {id.GetString()}",
                JsonValueKind.Number when id.TryGetInt64(out var number) => $"number {number}",
                _ => "null",
            };
        }
        catch (InvalidOperationException)
        {
            return "null";
        }
    }

    private static JsonElement? Parse(byte[] json)
    {
        try
        {
            _ = new UTF8Encoding(false, true).GetCharCount(json);
            return JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
