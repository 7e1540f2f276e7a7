using System.Net;
using Azure;
using Azure.Identity;

namespace McpFunctionApp.Storage;

/// <summary>Turns what Azure.Data.Tables throws into this room's own errors, whose messages hold nothing of the library's.</summary>
internal static class TableFailure
{
    public static bool IsTableMissing(RequestFailedException e) => e.Status == 404 && CodeOf(e) == "TableNotFound";

    /// <summary>The service itself says that there is no such row or table; a 404 from anything else on the way is trouble.</summary>
    public static bool IsMissing(RequestFailedException e) => e.Status == 404 && CodeOf(e) is "TableNotFound" or "ResourceNotFound" or "EntityNotFound";

    /// <param name="what">The operation with its article.</param>
    /// <returns>Null where the exception is none of the service's or of the way to it.</returns>
    public static TableStoreException? Of(Exception exception, string what, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        RequestFailedException { Status: > 0 } answer => Answered(answer, what),
        AuthenticationFailedException => NoAnswer(what, "no token could be had for its identity (check TableStorage:clientId and that the identity is assigned to this app)", isTransient: false),
        OperationCanceledException => NoAnswer(what, "it took too long"),
        AggregateException { InnerExceptions: [.., { } last] } => Of(last, what, cancellationToken),
        RequestFailedException or IOException => NoAnswer(what, "no connection could be made, or it was lost"),
        JsonException or FormatException or InvalidOperationException or KeyNotFoundException or InvalidCastException =>
            new($"Table storage answered {what} with something that is no table service's answer.", null, null, false),
        _ => null,
    };

    private static TableStoreException Answered(RequestFailedException answer, string what)
    {
        var status = (HttpStatusCode)answer.Status;
        var code = CodeOf(answer);
        return new($"Table storage answered {answer.Status}{(code is null ? "" : $" {code}")} to {what}{Hint(status)}.", status, code, IsTransient(status, code));
    }

    /// <summary>The library finds the code in most answers; some services and emulators put it where it does not look.</summary>
    private static string? CodeOf(RequestFailedException answer)
    {
        var response = answer.GetRawResponse();
        var header = answer.ErrorCode ?? (response is not null && response.Headers.TryGetValue("x-ms-error-code", out var value) ? value : null);
        return ErrorCode.Read(header, response is { ContentStream.CanSeek: true } ? response.Content.ToMemory() : default);
    }

    private static TableStoreException NoAnswer(string what, string detail, bool isTransient = true) =>
        new($"Table storage gave no answer to {what}: {detail}.", null, null, isTransient);

    private static bool IsTransient(HttpStatusCode status, string? code) => code == "TableBeingDeleted"
        || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static string Hint(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            " (check the account's key or the identity's role Storage Table Data Contributor, its network rules, and this machine's clock)",
        < HttpStatusCode.BadRequest => ", which is no answer of a table service (check the endpoint)",
        _ => "",
    };
}
