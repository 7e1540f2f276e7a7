using System.Net;

namespace McpFunctionApp.Storage;

/// <summary>
/// Table storage could not do what was asked of it. The message is safe to log: it holds no address, account, key,
/// signature or row content, and there is no inner exception that would.
/// </summary>
/// <param name="status">What the service answered; null where it gave no answer.</param>
/// <param name="errorCode">The service's own word for it, such as EntityTooLarge; null where it gave none.</param>
/// <param name="isTransient">Whether the same call may well succeed later.</param>
public sealed class TableStoreException(string message, HttpStatusCode? status, string? errorCode, bool isTransient)
    : Exception(message)
{
    public HttpStatusCode? Status { get; } = status;

    public string? ErrorCode { get; } = errorCode;

    public bool IsTransient { get; } = isTransient;

    /// <summary>Whether the service may have done it all the same: false where nothing was sent, or where it said no.</summary>
    public bool MayBeDone { get; init; }
}
