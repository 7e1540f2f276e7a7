using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using McpFunctionApp.Arguments;
using McpFunctionApp.Execution;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Tickets;

namespace McpFunctionApp.Asking;

/// <summary>Decides what comes next for a call: it is submitted, the person behind the client is asked, or its problems are the
/// answer.</summary>
public sealed class Rounds(Sealer sealer, SubmitOnce submitOnce, ToolExecutionRouter router, TimeProvider time)
{
    /// <summary>How many questions one call may lead to.</summary>
    public const int Most = 3;

    internal const string Purpose = "state";

    // In bytes of JSON: what has been answered travels with every round.
    private const int MaxValues = 16_384;

    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(10);

    /// <param name="progress">How far the call has come.</param>
    /// <param name="reading">Of the arguments with all that has been answered.</param>
    /// <param name="given">What the reading was made of.</param>
    internal Task<ToolReply> GoOnAsync(
        CalledForm called,
        CallProgress progress,
        ArgumentReading reading,
        JsonElement given,
        CancellationToken cancellationToken
    )
    {
        var confirms = called.Options.Ask == AskMode.Confirm && !progress.IsConfirmed;
        if (reading.Problems.Count > 0)
        {
            return called.MayAsk && progress.Round < Most && Question.Asked(called.Schema, reading.Problems) is { } asked
                ? AskAsync(called, progress, reading, given, asked, confirms && progress.Round == Most - 1, cancellationToken)
                : Task.FromResult(reading.Problems.ToReply());
        }

        if (called.MayAsk && confirms)
        {
            return progress.Round < Most
                ? AskAsync(called, progress, reading, given, [], showsAll: true, cancellationToken)
                : Task.FromResult(NotConfirmed("was not confirmed"));
        }

        var call = new FormCall(called.Options, called.Caller, reading.Form);
        return progress.Round == 0
            ? router.RouteAsync(call, cancellationToken)
            : submitOnce.RunAsync(call with { IdempotencyKey = progress.Id }, progress.End, cancellationToken);
    }

    /// <param name="asked">What is missing or wrong.</param>
    /// <param name="showsAll">Also what is in order: accepting the question then confirms the request.</param>
    private async Task<ToolReply> AskAsync(
        CalledForm called,
        CallProgress progress,
        ArgumentReading reading,
        JsonElement given,
        IReadOnlyList<FormProperty> asked,
        bool showsAll,
        CancellationToken cancellationToken
    )
    {
        if (JsonMarshal.GetRawUtf8Value(progress.Values).Length > MaxValues)
        {
            return reading.Problems.Count > 0 ? reading.Problems.ToReply() : NotConfirmed("is too large to be confirmed");
        }

        var now = time.GetUtcNow();
        var ticket = new CallTicket(
            CallerIdentity.Of(called.Caller),
            called.Options.Tool,
            FormIdentity.Of(called.Schema),
            progress.Arguments,
            progress.Values,
            progress.Round + 1,
            showsAll,
            progress.IsConfirmed,
            progress.Id ?? Guid.CreateVersion7(now).ToString(),
            now + s_life
        );
        if (await sealer.SealAsync(Purpose, ticket, TicketJson.Default.CallTicket, cancellationToken) is not { } state)
        {
            return reading.Problems.Count > 0
                ? reading.Problems.ToReply()
                : AskingErrors.Unavailable("nobody can be asked to confirm the request");
        }

        var fields = showsAll ? WithFilled(called.Schema, asked, reading) : asked;
        return ToolReply.Ask(new ToolQuestion(Question.Write(called, fields, reading, given), state));
    }

    private static List<FormProperty> WithFilled(FormSchema schema, IReadOnlyList<FormProperty> asked, ArgumentReading reading)
    {
        var keys = reading
            .Form.Values.Select(value => value.Property.Key)
            .Concat(asked.Select(field => field.Key))
            .ToHashSet(StringComparer.Ordinal);
        return [.. schema.Properties.Where(field => keys.Contains(field.Key))];
    }

    private static ToolReply NotConfirmed(string why) =>
        ToolReply.Error(
            ErrorCodes.InvalidArguments,
            $"Nothing was submitted, since the request {why}.",
            new JsonObject { ["problems"] = new JsonArray() }
        );
}
