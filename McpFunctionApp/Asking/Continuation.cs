using System.Text.Json.Nodes;
using McpFunctionApp.Arguments;
using McpFunctionApp.Replies;
using McpFunctionApp.Tickets;

namespace McpFunctionApp.Asking;

/// <summary>Takes up a call again with what the person behind the client has answered.</summary>
public sealed class Continuation(ArgumentReader reader, Sealer sealer, Rounds rounds, TimeProvider time)
{
    /// <param name="state">What an earlier answer gave.</param>
    internal async Task<ToolReply> RunAsync(CalledForm called, string state, CancellationToken cancellationToken)
    {
        var opened = await sealer.OpenAsync(Rounds.Purpose, state, TicketJson.Default.CallTicket, cancellationToken);
        if (opened.IsUnavailable)
        {
            return AskingErrors.Unavailable("the requestState cannot be checked");
        }

        if (opened.Value is not { } ticket || !IsOf(ticket, called))
        {
            return AskingErrors.Invalid("The requestState is not valid here");
        }

        return PersonsAnswer.Read(called.Call.Responses) switch
        {
            null => ToolReply.Error(
                ErrorCodes.InvalidArguments,
                "Nothing was submitted: inputResponses must hold 'form' with an 'action' (accept, decline or cancel) and, "
                    + "where it is accepted, an object 'content'."
            ),
            { Action: "decline" or "cancel" } answer => Declined(answer.Action),
            var answer => await GoOnAsync(called, ticket, answer, cancellationToken),
        };
    }

    private bool IsOf(CallTicket ticket, CalledForm called) =>
        ticket.End > time.GetUtcNow()
        && ticket.Caller == CallerIdentity.Of(called.Caller)
        && ticket.Tool == called.Options.Tool
        && ticket.Form == FormIdentity.Of(called.Schema)
        && ticket.Arguments == ArgumentDigest.Of(called.Schema, Read(called, called.Call.Arguments), called.Call.Arguments);

    private Task<ToolReply> GoOnAsync(
        CalledForm called,
        CallTicket ticket,
        PersonsAnswer answer,
        CancellationToken cancellationToken
    )
    {
        var isAccepted = answer.Action == PersonsAnswer.Accept;
        var before = Overlay.Of(called.Call.Arguments, ticket.Values);
        var answered = isAccepted ? Answered(called, Read(called, before), answer.Content) : Overlay.Nothing;
        var given = Overlay.Of(before, answered);
        var reading = Read(called, given);
        var progress = new CallProgress(
            ticket.Arguments,
            Overlay.Of(ticket.Values, Kept(answered, reading)),
            ticket.Round,
            ticket.IsConfirmed || (isAccepted && ticket.ShowsAll),
            ticket.Id,
            ticket.End
        );
        return rounds.GoOnAsync(called, progress, reading, given, cancellationToken);
    }

    /// <summary>What was filled in; a field that was asked for, need not be filled in, and was not, is left out.</summary>
    private static JsonElement Answered(CalledForm called, ArgumentReading asked, JsonElement content)
    {
        var cleared =
            Question
                .Asked(called.Schema, asked.Problems)
                ?.Where(field => !field.Required && !content.TryGetProperty(field.Key, out _))
                .ToList()
            ?? [];
        return cleared.Count == 0
            ? content
            : Overlay.Write(writer =>
            {
                foreach (var field in cleared)
                {
                    writer.WriteNull(field.Key);
                }

                foreach (var member in content.EnumerateObject())
                {
                    member.WriteTo(writer);
                }
            });
    }

    /// <summary>The answers that could be read, as they were read, and those that were left empty.</summary>
    private static JsonElement Kept(JsonElement answered, ArgumentReading reading)
    {
        var read = reading
            .Form.Values.Where(value => !value.IsDefault)
            .ToDictionary(value => value.Property.Key, value => value.Value, StringComparer.Ordinal);
        return Overlay.Write(writer =>
        {
            foreach (var member in answered.EnumerateObject())
            {
                if (read.TryGetValue(member.Name, out var value))
                {
                    writer.WritePropertyName(member.Name);
                    value.WriteTo(writer);
                }
                else if (
                    ValueReader.IsBlank(member.Value)
                    && reading.Form.Schema.Properties.Any(property => property.Key == member.Name)
                )
                {
                    writer.WriteNull(member.Name);
                }
            }
        });
    }

    private ArgumentReading Read(CalledForm called, JsonElement arguments) =>
        reader.Read(called.Schema, arguments, ArgumentReader.FormMayHaveChanged);

    private static ToolReply Declined(string action) =>
        ToolReply.Error(
            ErrorCodes.Declined,
            action == "decline"
                ? "The person declined: nothing was submitted."
                : "The person closed the question without an answer: nothing was submitted.",
            new JsonObject { ["action"] = action }
        );
}
