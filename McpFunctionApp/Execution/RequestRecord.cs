using McpFunctionApp.Callers;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Execution;

/// <summary>One accepted request that no API was given.</summary>
/// <param name="Data">The values by parameter: JSON in UTF-8.</param>
public sealed record RecordedRequest(string Id, string Tool, string Fingerprint, DateTimeOffset At, ReadOnlyMemory<byte> Data);

/// <summary>
/// Records validated calls of forms without a <c>SubmitUrl</c> as <c>pending</c>, in this process's memory:
/// the newest 1,000 within 32 MiB, gone with the process, which the answer says.
/// </summary>
public sealed partial class RequestRecord(TimeProvider time, ILogger<RequestRecord> logger) : IFormCallHandler
{
    /// <summary>How many requests are kept.</summary>
    public const int Capacity = 1_000;

    private const int MaxBytes = 32 * 1_048_576;

    private const string Note = "Kept in this server's memory only: it is lost when the server stops. Nobody has been notified.";

    private readonly Lock _gate = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private int _bytes;

    public Task<ToolReply> HandleAsync(FormCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var data = call.Arguments;
        if (data.Length > RequestTable.MaxRequestBytes)
        {
            return Task.FromResult(
                ToolReply.Error(
                    ErrorCodes.SubmissionFailed,
                    $"The request is larger than {RequestTable.MaxRequestBytes / 1_024} KiB and was not recorded. Shorten "
                        + $"the longest text."
                )
            );
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        Keep(new RecordedRequest(id, call.Form.Tool, call.Caller.Fingerprint, now, data.ToArray()));
        LogRecorded(id, call.Form.Tool, call.Caller);
        return Task.FromResult(ToolReply.Success(Receipt.Write($"\"{id}\"", now, "pending", data, Note)));
    }

    /// <summary>The recorded requests, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    private void Keep(RecordedRequest request)
    {
        lock (_gate)
        {
            _requests.Enqueue(request);
            _bytes += request.Data.Length;
            while (_requests.Count > Capacity || _bytes > MaxBytes)
            {
                _bytes -= _requests.Dequeue().Data.Length;
            }
        }
    }

    [LoggerMessage(2010, LogLevel.Information, "Request {Id} of {Tool} by caller {Caller} recorded in memory")]
    private partial void LogRecorded(string id, string tool, Caller caller);
}
