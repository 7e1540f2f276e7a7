using System.Net;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>What came of one attempt: an answer with its whole body, or the reason why there is none.</summary>
/// <param name="What">The operation with its article, for messages.</param>
/// <param name="Status">Null where no complete answer came.</param>
/// <param name="Detail">Why there is no answer, in words without an address.</param>
internal sealed record TableReply(string What, HttpStatusCode? Status, string? ErrorCode, byte[] Body, string Detail)
{
    /// <summary>The way to the service failed, so that one more attempt is worth it; an attempt out of time is not.</summary>
    public bool IsLost { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public string? NextPartitionKey { get; init; }

    public string? NextRowKey { get; init; }

    public bool IsSuccess => (int?)Status is >= 200 and < 300;

    public bool IsTableMissing => Status == HttpStatusCode.NotFound && ErrorCode == "TableNotFound";

    /// <summary>The service itself says that there is no such row or table; a 404 from anything else on the way is trouble.</summary>
    public bool IsMissing => Status == HttpStatusCode.NotFound && ErrorCode is "TableNotFound" or "ResourceNotFound" or "EntityNotFound";

    public bool IsWorthRetrying => IsLost || Status is HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable;

    private bool IsTransient => IsWorthRetrying || Status is null || ErrorCode == "TableBeingDeleted"
        || Status is HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    public static TableReply Nothing(string what, string detail, bool isLost) => new(what, null, null, [], detail) { IsLost = isLost };

    /// <exception cref="TableStoreException">It is not a success.</exception>
    public TableReply OrThrow() => IsSuccess ? this : throw Failure();

    public TableStoreException Unreadable() => new($"Table storage answered {What} with something that is no table service's answer.", Status, ErrorCode, false);

    private TableStoreException Failure() => new(
        Status is { } status ? $"Table storage answered {(int)status}{(ErrorCode is null ? "" : $" {ErrorCode}")} to {What}{Hint}." : $"Table storage gave no answer to {What}: {Detail}.",
        Status,
        ErrorCode,
        IsTransient);

    private string Hint => Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => " (check the account's name and key, its network rules, and this machine's clock)",
        < HttpStatusCode.BadRequest => ", which is no answer of a table service (check the endpoint)",
        _ => "",
    };
}
