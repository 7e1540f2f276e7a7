using System.Text.Json.Nodes;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Execution;

/// <summary>One thing wrong with a call's arguments.</summary>
/// <param name="Parameter">The parameter's name as the caller wrote it or should have written it.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
/// <param name="Nearest">Allowed values that were probably meant, best first.</param>
public sealed record ArgumentProblem(string Parameter, string Message, IReadOnlyList<string> Nearest)
{
    // A call with ten thousand wrong arguments is told about enough of them to see the pattern.
    public const int MaxTold = 50;

    public override string ToString() =>
        $"{Parameter}: {Message}{(Nearest.Count == 0 ? "" : $" Nearest: {string.Join(", ", Nearest)}.")}";

    /// <summary>All problems as one answer: text a model can act on, and the same in <c>_meta</c>.</summary>
    public static ToolReply Reply(IReadOnlyList<ArgumentProblem> problems)
    {
        var told = problems.Take(MaxTold).ToList();
        var lines = told.Select(problem => problem.ToString());
        var more = problems.Count > MaxTold ? [$"... and {problems.Count - MaxTold} more."] : Array.Empty<string>();
        return ToolReply.Error(
            ErrorCodes.InvalidArguments,
            string.Join('\n', lines.Concat(more)),
            new JsonObject { ["problems"] = new JsonArray([.. told.Select(ToJson)]) });
    }

    private static JsonNode ToJson(ArgumentProblem problem)
    {
        var json = new JsonObject { ["parameter"] = problem.Parameter, ["message"] = problem.Message };
        if (problem.Nearest.Count > 0)
        {
            json["nearest"] = new JsonArray([.. problem.Nearest.Select(name => (JsonNode)name)]);
        }

        return json;
    }
}
