using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>What came of a journey: the revision that was agreed on, and one answer for each step.</summary>
public sealed record Journey(string Revision, IReadOnlyList<JourneyAnswer> Answers)
{
    public JourneyAnswer Single => Answers.Single();
}

/// <summary>What a client shows of one step: a result, or the error that it throws.</summary>
public sealed record JourneyAnswer(JsonNode? ResultOrNull, JsonNode? Error)
{
    private const string MetaPrefix = "io.github.mcp-function-app/";

    public JsonNode Result => ResultOrNull ?? throw new InvalidOperationException($"The client threw: {Error}");

    public IReadOnlyList<string> ToolNames => [.. Result["tools"]!.AsArray().Select(tool => (string)tool!["name"]!)];

    public string Text => (string)Result["content"]![0]!["text"]!;

    public bool IsError => (bool?)Result["isError"] == true;

    /// <summary>The code of an error result.</summary>
    public string? ErrorCode => (string?)Result["_meta"]?[$"{MetaPrefix}error"]?["code"];

    /// <summary>Why a list has static tools only.</summary>
    public string? FallbackReason => (string?)Result["_meta"]?[$"{MetaPrefix}fallback"]?["reason"];

    public JsonObject InputSchema(string tool) =>
        Result["tools"]!.AsArray().Single(t => (string)t!["name"]! == tool)!["inputSchema"]!.AsObject();

    public IReadOnlyList<string> Parameters(string tool) => [.. InputSchema(tool)["properties"]!.AsObject().Select(p => p.Key)];

    public IReadOnlyList<string> Required(string tool) =>
        [.. InputSchema(tool)["required"]!.AsArray().Select(key => (string)key!)];
}
