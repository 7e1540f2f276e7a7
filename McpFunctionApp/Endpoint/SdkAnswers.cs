using System.Text.Json.Nodes;
using McpFunctionApp.Messages;
using McpFunctionApp.Replies;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Endpoint;

/// <summary>Answers any message by a server of the SDK that is made for it.</summary>
public sealed class SdkAnswers(McpServerOptions server, EndpointLog log)
{
    public async Task WriteAsync(HttpContext context, IncomingMessage message, RequestFacts facts)
    {
        var request = ToRequest(message, facts);
        await using var transport = new SingleMessageTransport(
            context,
            request,
            facts.IsPerRequest,
            WantedLogLevel(message),
            facts.Claim
        );
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
            await new Rejection(
                StatusCodes.Status500InternalServerError,
                -32603,
                "The request was not answered.",
                message.Id
            ).WriteAsync(context);
        }
    }

    private static JsonRpcRequest ToRequest(IncomingMessage message, RequestFacts facts)
    {
        var context = new JsonRpcMessageContext
        {
            ProtocolVersion = message.Method == RequestMethods.Initialize ? null : facts.Revision,
        };
        facts.AttachTo(context);
        var parameters = message.Params is { } given ? JsonObject.Create(given) : null;
        if (message.Method == RequestMethods.Initialize)
        {
            OfferHandshake(parameters!);
        }

        return new JsonRpcRequest
        {
            Id = message.Id,
            Method = message.Method,
            Params = parameters,
            Context = context,
        };
    }

    /// <summary>A client that asks for a revision without handshake in a handshake is offered the newest one that has
    /// it.</summary>
    private static void OfferHandshake(JsonObject parameters)
    {
        if (!ProtocolRevisions.Handshake.Contains(parameters["protocolVersion"]!.GetValue<string>()))
        {
            parameters["protocolVersion"] = ProtocolRevisions.NewestHandshake;
        }
    }

    private static int? WantedLogLevel(IncomingMessage message) =>
        message.Params is { } given
        && given.TryGetProperty("_meta", out var meta)
        && meta.TryGetProperty(MetaKeys.LogLevel, out var level)
        && level.ValueKind == JsonValueKind.String
            ? LogLevels.Rank(level.GetString())
            : null;
}
