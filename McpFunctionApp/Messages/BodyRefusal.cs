using System.Text.Json.Nodes;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Messages;

/// <summary>Why a body is not taken in.</summary>
internal static class BodyRefusal
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(2);

    public static Rejection TooLarge(EndpointOptions options) =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            Rejection.InvalidRequest,
            $"The body is larger than {options.MaxRequestBytes} bytes (Endpoint:MaxRequestBytes)."
        );

    public static Rejection TooManyValues(RequestId id) =>
        Rejection.BadRequest(
            Rejection.InvalidRequest,
            $"The message has more than {MessageScan.MaxValues} names and values together.",
            id
        );

    public static Rejection Busy(RequestId id) =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            Rejection.ServerBusy,
            "The server has as many bytes under way as it may have (Endpoint:MaxBytesInFlight): try again in a moment.",
            id,
            new JsonObject { ["code"] = ErrorCodes.ServerBusy }
        )
        {
            RetryAfter = s_soon,
        };
}
