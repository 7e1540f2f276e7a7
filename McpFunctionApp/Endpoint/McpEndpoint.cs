using System.Text.Json.Nodes;
using McpFunctionApp.Admission;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// One HTTP request in, one JSON-RPC message to a stateless MCP server, one answer out. Shared by every host: all it
/// needs is an <see cref="HttpContext"/>.
/// </summary>
public sealed class McpEndpoint(
    McpServerOptions server,
    DirectAnswers direct,
    CallerAdmission admission,
    ToolCatalog catalog,
    EndpointOptions options,
    AppMetrics metrics,
    TimeProvider time,
    EndpointLog log)
{
    private static readonly JsonElement s_noArguments = JsonElement.Parse("{}"u8);

    public Task HandleAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && AcceptedAnswer.Of(context.Request).EventsAlone
            ? EventBody.RunAsync(context, AnswerAsync)
            : AnswerAsync(context);

    private async Task AnswerAsync(HttpContext context)
    {
        using var operation = McpOperation.Begin(metrics, time);
        try
        {
            var rejection = HttpRules.Check(context.Request, options) ?? await ReadAndAnswerAsync(context, operation);
            if (rejection is not null)
            {
                operation?.Refuse(rejection.Status, rejection.Code);
                log.Refused(rejection);
                await rejection.WriteAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            operation?.Abort();
            End(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // The server's own refusal of a body: too slow, broken off, badly chunked. Its message may quote a trailer.
            var rejection = new Rejection(e.StatusCode, Rejection.InvalidRequest, "The body could not be read to its end.");
            operation?.Refuse(rejection.Status, rejection.Code);
            log.Refused(rejection);
            await rejection.WriteAsync(context);
        }
        catch (IOException) when (!context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            operation?.Abort();
            End(context);
        }
    }

    /// <summary>Nobody is there any more: without this, Kestrel may still look for the rest of the body that has just failed to come.</summary>
    private void End(HttpContext context)
    {
        log.Aborted();
        context.Abort();
    }

    private async Task<Rejection?> ReadAndAnswerAsync(HttpContext context, McpOperation? operation)
    {
        if (await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes) is not { } body)
        {
            return new Rejection(StatusCodes.Status413PayloadTooLarge, Rejection.InvalidRequest, $"The body is larger than {options.MaxRequestBytes} bytes (Endpoint:MaxRequestBytes).");
        }

        var (message, unreadable) = IncomingMessage.Read(body);
        if (message is null)
        {
            return unreadable;
        }

        using (message)
        {
            operation?.Read(message.Method, message.Params);
            var (caller, notAdmitted) = await admission.EnterAsync(context, message.Id);
            if (notAdmitted is not null)
            {
                return notAdmitted;
            }

            var (revision, refused) = RevisionRules.Check(message, context.Request.Headers);
            var meant = revision == ProtocolRevisions.PerRequest ? message : message.WithoutNulls();
            var rejection = refused ?? ParameterRules.Check(meant);
            if (rejection is null && message.Kind == MessageKind.Request)
            {
                return await AnswerAsync(context, meant, caller, revision, operation);
            }

            if (rejection is null)
            {
                // A stateless server has nothing that a notification or a response could reach.
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            }

            return rejection;
        }
    }

    private async Task<Rejection?> AnswerAsync(HttpContext context, IncomingMessage message, Caller? caller, string revision, McpOperation? operation)
    {
        operation?.Speak(revision);
        var tools = await MessageTools.LookUpAsync(message, caller, catalog, context.RequestAborted);
        if (admission.Judge(context, caller, tools.Verdict, message.Id) is { } rejection)
        {
            return rejection;
        }

        var facts = new RequestFacts(caller, revision, message.Method, ArgumentsOf(message), tools, operation);
        await (direct.Cover(message) ? direct.WriteAsync(context, message, facts) : ServeAsync(context, message, facts));
        return null;
    }

    private async Task ServeAsync(HttpContext context, IncomingMessage message, RequestFacts facts)
    {
        var request = ToRequest(message, facts);
        await using var transport = new SingleMessageTransport(context, request, facts.IsPerRequest, WantedLogLevel(message));
        await using var session = McpServer.Create(transport, server, NullLoggerFactory.Instance, context.RequestServices);
        await session.RunAsync(context.RequestAborted);
        if (transport.ErrorCode is { } code)
        {
            facts.Operation?.Fail(code);
        }

        if (!transport.IsAnswered && !context.RequestAborted.IsCancellationRequested)
        {
            facts.Operation?.Fail(-32603);
            log.Unanswered(message.Method);
            await new Rejection(StatusCodes.Status500InternalServerError, -32603, "The request was not answered.", message.Id).WriteAsync(context);
        }
    }

    private static JsonRpcRequest ToRequest(IncomingMessage message, RequestFacts facts)
    {
        var context = new JsonRpcMessageContext { ProtocolVersion = message.Method == RequestMethods.Initialize ? null : facts.Revision };
        facts.AttachTo(context);
        var parameters = message.Params is { } given ? JsonObject.Create(given) : null;
        if (message.Method == RequestMethods.Initialize)
        {
            OfferHandshake(parameters!);
        }

        return new JsonRpcRequest { Id = message.Id, Method = message.Method, Params = parameters, Context = context };
    }

    /// <summary>A client that asks for a revision without handshake in a handshake is offered the newest one that has it.</summary>
    private static void OfferHandshake(JsonObject parameters)
    {
        if (!ProtocolRevisions.Handshake.Contains(parameters["protocolVersion"]!.GetValue<string>()))
        {
            parameters["protocolVersion"] = ProtocolRevisions.NewestHandshake;
        }
    }

    private static JsonElement ArgumentsOf(IncomingMessage message) =>
        message.Params is { } given && given.TryGetProperty("arguments", out var arguments) && arguments.ValueKind == JsonValueKind.Object
            ? arguments
            : s_noArguments;

    private static int? WantedLogLevel(IncomingMessage message) =>
        message.Params is { } given && given.TryGetProperty("_meta", out var meta) && meta.TryGetProperty(MetaKeys.LogLevel, out var level)
            && level.ValueKind == JsonValueKind.String
            ? LogLevels.Rank(level.GetString())
            : null;
}
