using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Replies;

/// <summary>What a tool answers: text and structured content, or text and an error code, or a question; never two of
/// these.</summary>
public sealed record ToolReply
{
    private readonly string? _outcome;

    private ToolReply(string? ownText, ReadOnlyMemory<byte> json = default)
    {
        OwnText = ownText;
        Json = json;
    }

    /// <summary>The structured content, JSON in UTF-8 that matches the tool's outputSchema. Empty for an error, since a client
    /// that
    /// checks an error against that schema would hide it from the model.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <inheritdoc cref="Json"/>
    public JsonElement? Structured => Json.IsEmpty ? null : JsonElement.Parse(Json.Span);

    /// <summary>Null where the text is the structured content itself, for clients that only read text.</summary>
    public string? OwnText { get; }

    public string Text => OwnText ?? Encoding.UTF8.GetString(Json.Span);

    /// <summary>One of <see cref="ErrorCodes"/>; null for a success, and where the tool failed unexpectedly.</summary>
    public string? ErrorCode { get; private init; }

    /// <summary>Further members beside the code in <c>_meta</c>.</summary>
    public JsonObject? Details { get; private init; }

    /// <summary>Null where the call has come to its end.</summary>
    public ToolQuestion? Question { get; private init; }

    /// <summary>What a success says in <c>_meta</c>, by keys of <see cref="ReplyMeta"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Meta { get; init; } = [];

    public bool IsError => Json.IsEmpty && Question is null;

    /// <summary>In a word, for the log and measurements.</summary>
    public string Outcome
    {
        get => _outcome ?? ErrorCode ?? (IsError ? "failed" : "ok");
        init => _outcome = value;
    }

    public static ToolReply Success<T>(string text, T structured, JsonTypeInfo<T> type) =>
        new(text, CompactJson.Write(writer => JsonSerializer.Serialize(writer, structured, type)));

    /// <param name="json">JSON in UTF-8: the structured content, and the text, too.</param>
    public static ToolReply Success(ReadOnlyMemory<byte> json) => new(null, json);

    public static ToolReply Ask(ToolQuestion question) => new("") { Question = question, Outcome = "asked" };

    public static ToolReply Error(string code, string text, JsonObject? details = null) =>
        new(text) { ErrorCode = code, Details = details };

    /// <summary>The tool threw something that nobody expected: what the SDK's own server says then.</summary>
    public static ToolReply Failed(string tool) => new($"An error occurred invoking '{tool}'.");

    /// <summary>A new result each time: the SDK writes into what it is given.</summary>
    public CallToolResult ToResult() =>
        new()
        {
            Content = [new TextContentBlock { Text = Text }],
            StructuredContent = Structured,
            IsError = IsError,
            Meta = ErrorMeta() is { } error ? new JsonObject { [ReplyMeta.Error] = error } : MetaObject(),
        };

    private JsonObject? MetaObject() =>
        Meta.Count == 0 ? null : new JsonObject(Meta.Select(entry => KeyValuePair.Create(entry.Key, ToNode(entry.Value))));

    private static JsonNode? ToNode(JsonElement value) => JsonNode.Parse(value.GetRawText());

    /// <summary>The code and what belongs to it, a new object each time; null where there is no code.</summary>
    public JsonObject? ErrorMeta()
    {
        if (ErrorCode is null)
        {
            return null;
        }

        var meta = new JsonObject { ["code"] = ErrorCode };
        foreach (var (name, value) in Details ?? [])
        {
            meta[name] = value?.DeepClone();
        }

        return meta;
    }
}
