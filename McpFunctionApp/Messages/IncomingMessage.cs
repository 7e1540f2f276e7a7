using System.Text.Json.Nodes;
using System.Text.Unicode;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Messages;

/// <summary>What a JSON-RPC message wants.</summary>
public enum MessageKind
{
    Request,
    Notification,
    Response,
}

/// <summary>One JSON-RPC 2.0 message, its shape checked. The elements live as long as <see cref="Document"/>.</summary>
/// <param name="Params">The parameters as they came: their shape is the method's business.</param>
public sealed record IncomingMessage(JsonDocument Document, MessageKind Kind, RequestId Id, string Method, JsonElement? Params)
    : IDisposable
{
    private const int MaxDepth = 64;

    private static readonly string[] s_nullable = ["cursor", "arguments", "_meta"];

    /// <returns>The message, or why it is none: 400, with the message's id where it has a usable one.</returns>
    public static (IncomingMessage? Message, Rejection? Rejection) Read(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            return (null, Rejection.BadRequest(Rejection.ParseError, "The body is not valid UTF-8."));
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(
                utf8,
                new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false }
            );
        }
        catch (JsonException e)
        {
            // The parser's own text may quote a member's name, and so the client's data.
            var place = e.LineNumber is null ? "" : $" (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})";
            return (
                null,
                Rejection.BadRequest(
                    Rejection.ParseError,
                    $"The body cannot be read as JSON{place}: it is malformed, nested deeper than {MaxDepth}, or has a "
                        + $"member twice."
                )
            );
        }
        catch (InvalidOperationException)
        {
            // Looking for members that are there twice, the parser reads each name as text.
            return (
                null,
                Rejection.BadRequest(
                    Rejection.ParseError,
                    "The body cannot be read as JSON: a member's name has a \\u escape that is half of a surrogate pair."
                )
            );
        }

        var (message, rejection) = Read(document, utf8.Span);
        if (message is null)
        {
            document.Dispose();
        }

        return (message, rejection);
    }

    /// <summary>
    /// The same message without parameters that are null and mean as much as if they were left out: clients send them,
    /// and up to revision 2025-11-25 they are read so.
    /// </summary>
    public IncomingMessage WithoutNulls() =>
        Params switch
        {
            { ValueKind: JsonValueKind.Null } => this with { Params = null },
            { ValueKind: JsonValueKind.Object } given when s_nullable.Any(name => IsNull(given, name)) => this with
            {
                Params = Without(given),
            },
            _ => this,
        };

    public void Dispose() => Document.Dispose();

    private static bool IsNull(JsonElement parameters, string name) =>
        parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    private static JsonElement Without(JsonElement parameters)
    {
        var kept = JsonObject.Create(parameters)!;
        foreach (var name in s_nullable.Where(name => IsNull(parameters, name)))
        {
            kept.Remove(name);
        }

        return JsonElement.Parse(kept.ToJsonString());
    }

    private static (IncomingMessage?, Rejection?) Read(JsonDocument document, ReadOnlySpan<byte> utf8)
    {
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Invalid(
                default,
                root.ValueKind == JsonValueKind.Array
                    ? "The body is a batch; send one JSON-RPC message per POST."
                    : "The body is not a JSON-RPC message, which is an object."
            );
        }

        var hasId = root.TryGetProperty("id", out var idElement);
        var id = hasId ? ReadId(idElement) : null;
        if (JsonText.HasLoneSurrogate(root, utf8))
        {
            return Invalid(id, "The body has a \\u escape that is half of a surrogate pair.");
        }

        if (
            !root.TryGetProperty("jsonrpc", out var version)
            || version.ValueKind != JsonValueKind.String
            || !version.ValueEquals("2.0")
        )
        {
            return Invalid(id, "The message's 'jsonrpc' must be \"2.0\".");
        }

        var hasMethod = root.TryGetProperty("method", out var method);
        var isAnonymousError = !hasMethod && idElement.ValueKind == JsonValueKind.Null && root.TryGetProperty("error", out _);
        if (hasId && id is null && !isAnonymousError)
        {
            return Invalid(null, "The message's 'id' must be a string or a whole number of 64 bits.");
        }

        return hasMethod ? ReadCall(document, id, method) : ReadResponse(document, id, isAnonymousError);
    }

    private static (IncomingMessage?, Rejection?) ReadCall(JsonDocument document, RequestId? id, JsonElement method)
    {
        if (method.ValueKind != JsonValueKind.String || method.GetString()!.Length == 0)
        {
            return Invalid(id, "The message's 'method' must be a string that is not empty.");
        }

        var kind = id is null ? MessageKind.Notification : MessageKind.Request;
        JsonElement? parameters = document.RootElement.TryGetProperty("params", out var given) ? given : null;
        return (new IncomingMessage(document, kind, id ?? default, method.GetString()!, parameters), null);
    }

    private static (IncomingMessage?, Rejection?) ReadResponse(JsonDocument document, RequestId? id, bool isAnonymousError)
    {
        var root = document.RootElement;
        var isResponse = root.TryGetProperty("result", out _) != root.TryGetProperty("error", out _);
        return isResponse && (id is not null || isAnonymousError)
            ? (new IncomingMessage(document, MessageKind.Response, id ?? default, "", null), null)
            : Invalid(id, "The message has no 'method' and is not a response either.");
    }

    private static RequestId? ReadId(JsonElement id) =>
        id.ValueKind switch
        {
            JsonValueKind.String when JsonText.TryGetString(id) is { } text => new RequestId(text),
            JsonValueKind.Number when id.TryGetInt64(out var number) => new RequestId(number),
            _ => null,
        };

    private static (IncomingMessage?, Rejection?) Invalid(RequestId? id, string message) =>
        (null, Rejection.BadRequest(Rejection.InvalidRequest, message, id ?? default));
}
