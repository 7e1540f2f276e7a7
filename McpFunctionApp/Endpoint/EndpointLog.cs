using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Endpoint;

/// <summary>What is logged of messages that were not served.</summary>
public sealed partial class EndpointLog(RefusalLog refusals, ILogger<McpEndpoint> logger)
{
    public void Refused(Rejection rejection)
    {
        if (rejection.Status is >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError)
        {
            refusals.Note(rejection.Status, rejection.Message);
        }
        else
        {
            LogRejected(rejection.Status, rejection.Code, rejection.Message);
        }
    }

    public void Aborted() => LogAborted();

    public void Unanswered(string method) => LogUnanswered(method);

    [LoggerMessage(5000, LogLevel.Debug, "Request refused with HTTP {Status}, JSON-RPC {Code}: {Reason}")]
    private partial void LogRejected(int status, int code, string reason);

    [LoggerMessage(5001, LogLevel.Debug, "The client went away before its answer")]
    private partial void LogAborted();

    [LoggerMessage(5002, LogLevel.Error, "The method {Method} was not answered")]
    private partial void LogUnanswered(string method);
}
