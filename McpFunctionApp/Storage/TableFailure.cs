using System.Globalization;
using System.Net;
using Azure;
using Azure.Identity;

namespace McpFunctionApp.Storage;

/// <summary>Turns what Azure.Data.Tables throws into this room's own errors, whose messages hold nothing of the
/// library's.</summary>
internal static class TableFailure
{
    private const string NoIdentity =
        "no token could be had for its identity (check TableStorage:clientId and that the identity is assigned to this app)";

    public static bool IsTableMissing(RequestFailedException e) => e.Status == 404 && CodeOf(e) == "TableNotFound";

    /// <summary>The service itself says that there is no such row or table; a 404 from anything else on the way is
    /// trouble.</summary>
    public static bool IsMissing(RequestFailedException e) =>
        e.Status == 404 && CodeOf(e) is "TableNotFound" or "ResourceNotFound" or "EntityNotFound";

    /// <summary>The same of an answer to a delete, for which the library throws nothing.</summary>
    /// <exception cref="RequestFailedException">It is an error, and not this one.</exception>
    public static bool IsMissing(Response response) =>
        response.IsError && (IsMissing(new RequestFailedException(response)) ? true : throw new RequestFailedException(response));

    /// <summary>The service itself says that there is such a row.</summary>
    public static bool IsThereAlready(RequestFailedException e) => e.Status == 409 && CodeOf(e) == "EntityAlreadyExists";

    /// <summary>A row is gone, or is another version than the one that was asked for.</summary>
    public static bool HasChanged(RequestFailedException e) => e.Status == 412 || IsMissing(e);

    /// <param name="operation">Such as <c>get</c>.</param>
    /// <param name="wasOneLost">Whether an earlier attempt of the same operation may have been done.</param>
    /// <returns>
    /// A <see cref="TableStoreException"/>, or an <see cref="OperationCanceledException"/> where the caller has cancelled, also
    /// where the library reports it among the failures of its attempts.
    /// </returns>
    public static Exception Of(
        Exception exception,
        string operation,
        CancellationToken cancellationToken,
        bool wasOneLost = false
    )
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return exception as OperationCanceledException ?? new OperationCanceledException(cancellationToken);
        }

        var what = $"{(operation[0] is 'i' or 'u' ? "an" : "a")} {operation}";
        var mayBeDone = wasOneLost || MayBeDone(exception);
        return Last(exception) switch
        {
            RequestFailedException { Status: > 0 } answer => Answered(answer, what, mayBeDone),
            AuthenticationFailedException => NoAnswer(what, NoIdentity, isTransient: false, wasOneLost),
            RequestFailedException or IOException or OperationCanceledException => NoAnswer(
                what,
                Describe(Last(exception)),
                isTransient: true,
                mayBeDone
            ),

            // Whatever else: the library could make nothing of the answer.
            var other => Unreadable(what, other, wasOneLost),
        };
    }

    /// <summary>Whether the service may have done what was asked of it, although there was no answer that says so.</summary>
    public static bool MayBeDone(Exception exception) =>
        exception switch
        {
            AggregateException attempts => attempts.InnerExceptions.Any(MayBeDone),
            RequestFailedException { Status: > 0 } answer => answer.Status is 408 or 502 or 504
                || CodeOf(answer) == "OperationTimedOut",
            RequestFailedException or IOException or HttpRequestException => ErrorOf(exception)
                is not (
                    HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
                ),
            _ => exception is OperationCanceledException,
        };

    /// <summary>The failure in a word, for measurements.</summary>
    public static string Word(Exception failure) =>
        failure switch
        {
            TableStoreException { Status: { } status } => ((int)status).ToString(CultureInfo.InvariantCulture),
            TableStoreException => "no_answer",
            _ => "aborted",
        };

    private static Exception Last(Exception exception) =>
        exception is AggregateException { InnerExceptions: [.., { } last] } ? Last(last) : exception;

    private static TableStoreException Answered(RequestFailedException answer, string what, bool mayBeDone)
    {
        var status = (HttpStatusCode)answer.Status;
        var code = CodeOf(answer);
        var said = code is null ? $"{answer.Status}" : $"{answer.Status} {code}";
        return new($"Table storage answered {said} to {what}{Hint(status)}.", status, code, IsTransient(status, code))
        {
            MayBeDone = mayBeDone,
        };
    }

    /// <summary>The library finds the code in most answers; some services and emulators put it where it does not look.</summary>
    private static string? CodeOf(RequestFailedException answer)
    {
        var response = answer.GetRawResponse();
        string? header = null;
        response?.Headers.TryGetValue("x-ms-error-code", out header);
        return ErrorCode.Read(
            answer.ErrorCode ?? header,
            response is { ContentStream.CanSeek: true } ? response.Content.ToMemory() : default
        );
    }

    private static TableStoreException NoAnswer(string what, string detail, bool isTransient, bool mayBeDone) =>
        new($"Table storage gave no answer to {what}: {detail}.", null, null, isTransient) { MayBeDone = mayBeDone };

    private static TableStoreException Unreadable(string what, Exception exception, bool mayBeDone)
    {
        var text =
            $"Table storage answered {what} with something that is no table service's answer ({exception.GetType().Name}).";
        return new(text, null, null, isTransient: false) { MayBeDone = mayBeDone };
    }

    private static HttpRequestError? ErrorOf(Exception exception) =>
        (exception as HttpRequestException ?? exception.InnerException as HttpRequestException)?.HttpRequestError;

    private static string Describe(Exception exception) =>
        ErrorOf(exception) switch
        {
            HttpRequestError.NameResolutionError => "its host name could not be resolved",
            HttpRequestError.SecureConnectionError => "no trusted TLS connection could be made",
            HttpRequestError.ConnectionError => "no connection could be made",
            HttpRequestError.InvalidResponse => "what it sent is not HTTP",
            _ => exception is OperationCanceledException ? "it took too long" : "the connection was lost",
        };

    // A table that is not there after it was created is still being deleted from before.
    private static bool IsTransient(HttpStatusCode status, string? code) =>
        code is "TableBeingDeleted" or "TableNotFound"
        || status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;

    private static string Hint(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                " (check the account's key or the identity's role Storage Table Data Contributor, its network rules,"
                    + " and this machine's clock)",
            < HttpStatusCode.BadRequest => ", which is no answer of a table service (check the endpoint)",
            _ => "",
        };
}
