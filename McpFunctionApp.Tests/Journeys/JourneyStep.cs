using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>One thing that a client's user does: a list, or a call of a tool with a JSON object of arguments.</summary>
public sealed record JourneyStep(string? Tool, string Arguments)
{
    public static JourneyStep List { get; } = new(null, "{}");

    public static JourneyStep Call(string tool, string arguments) => new(tool, arguments);

    public JsonObject ToJson() =>
        Tool is null
            ? new JsonObject { ["list"] = true }
            : new JsonObject { ["call"] = Tool, ["arguments"] = JsonNode.Parse(Arguments) };
}
