using System.Text.Json.Nodes;

namespace McpFunctionApp.Arguments;

/// <summary>One thing wrong with a call's arguments.</summary>
/// <param name="Parameter">The parameter's name as the caller wrote it or should have written it.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
/// <param name="Nearest">Allowed values that were probably meant, best first.</param>
public sealed record ArgumentProblem(string Parameter, string Message, IReadOnlyList<string> Nearest)
{
    /// <summary>The text that is none of the parameter's options, as it was given; null where that is not what is
    /// wrong.</summary>
    public string? Unlisted { get; init; }

    public override string ToString() =>
        $"{Parameter}: {Message}{(Nearest.Count == 0 ? "" : $" Nearest: {string.Join(", ", Nearest)}.")}";

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["parameter"] = Parameter, ["message"] = Message };
        if (Nearest.Count > 0)
        {
            json["nearest"] = new JsonArray([.. Nearest.Select(name => (JsonNode)name)]);
        }

        return json;
    }
}
