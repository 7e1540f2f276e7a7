using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Messages;
using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>Answers one message of a caller who has been let in, or says why it is refused.</summary>
public sealed class MessageAnswers(
    CallerAdmission admission,
    ToolCatalog catalog,
    CallerForms forms,
    DirectAnswers direct,
    SdkAnswers sdk
)
{
    public async Task<Rejection?> AnswerAsync(
        HttpContext context,
        IncomingMessage message,
        Caller? caller,
        BytesInFlight.Claim claim,
        McpOperation? operation
    )
    {
        var (revision, refused) = RevisionRules.Check(message, context.Request.Headers);
        var meant = revision == ProtocolRevisions.PerRequest ? message : message.WithoutNulls();
        var rejection = refused ?? ParameterRules.Check(meant);
        if (rejection is null && message.Kind == MessageKind.Request)
        {
            var facts = new RequestFacts(
                caller,
                revision,
                meant.Method,
                meant.Method == RequestMethods.ToolsCall ? ToolCalls.Of(meant, revision) : ToolCalls.None,
                MessageTools.None,
                operation,
                claim
            );
            return await AnswerRequestAsync(context, meant, facts);
        }

        if (rejection is null)
        {
            // A stateless server has nothing that a notification or a response could reach.
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }

        return rejection;
    }

    private async Task<Rejection?> AnswerRequestAsync(HttpContext context, IncomingMessage message, RequestFacts facts)
    {
        facts.Operation?.Speak(facts.Revision);
        var tools = await MessageTools.LookUpAsync(message, facts.Caller, catalog, forms, context.RequestAborted);
        if (admission.Judge(context, facts.Caller, tools.Verdict, message.Id) is { } rejection)
        {
            return rejection;
        }

        facts = facts with { Tools = tools };
        await (direct.Cover(message) ? direct.WriteAsync(context, message, facts) : sdk.WriteAsync(context, message, facts));
        return null;
    }
}
