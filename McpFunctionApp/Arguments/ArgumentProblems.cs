using System.Text.Json.Nodes;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Arguments;

/// <summary>All that is wrong with a call's arguments: the first 50 are told, the others only counted, so that a megabyte of them
/// costs little.</summary>
public sealed class ArgumentProblems
{
    /// <summary>A call with ten thousand wrong arguments is told about enough of them to see the pattern.</summary>
    public const int MaxTold = 50;

    // Looking for near values costs time: past this many compared characters in one call only the first problem is helped so.
    private const long MaxCompared = 3_000_000;

    private const int UsualLabel = 24;
    private const int LongestCompared = 48;

    private readonly List<ArgumentProblem> _told = [];
    private long _compared;

    public IReadOnlyList<ArgumentProblem> Told => _told;

    public int Count { get; private set; }

    public static ToolReply ReplyTo(ArgumentProblem problem)
    {
        var problems = new ArgumentProblems();
        problems.Add(() => problem);
        return problems.ToReply();
    }

    /// <summary>All problems as one answer: text a model can act on, and the same in <c>_meta</c>.</summary>
    public ToolReply ToReply()
    {
        var lines = Told.Select(problem => problem.ToString());
        var more = Count > MaxTold ? [$"... and {Count - MaxTold} more."] : Array.Empty<string>();
        return ToolReply.Error(
            ErrorCodes.InvalidArguments,
            string.Join('\n', lines.Concat(more)),
            new JsonObject { ["problems"] = new JsonArray([.. Told.Select(problem => problem.ToJson())]) }
        );
    }

    /// <param name="problem">Made only where it is told.</param>
    internal void Add(Func<ArgumentProblem> problem)
    {
        if (++Count <= MaxTold)
        {
            _told.Add(problem());
        }
    }

    /// <summary>Whether further problems are only counted.</summary>
    internal bool IsFull => Count >= MaxTold;

    /// <summary>Adds problems that were counted elsewhere, since they are not told.</summary>
    internal void AddUntold(int count) => Count += count;

    /// <summary>The nearest candidates, as long as looking for them costs little.</summary>
    internal IReadOnlyList<string> NearestOf(string text, IReadOnlyList<string> candidates, bool onlyIfClose)
    {
        _compared += (long)Math.Min(text.Length, LongestCompared) * candidates.Count * UsualLabel;
        if (_compared > MaxCompared && _told.Count > 0)
        {
            return [];
        }

        return onlyIfClose ? Nearest.IfClose(text, candidates) : Nearest.Of(text, candidates, 3);
    }
}
