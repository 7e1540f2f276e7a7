using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using McpFunctionApp.Callers;
using McpFunctionApp.Replies;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Execution;

/// <summary>
/// Records validated calls of forms without a <c>SubmitUrl</c> as <c>pending</c> rows, one partition a day (UTC).
/// The call succeeds only when its row is written: an accepted request is never lost. Where something was sent and nothing
/// says what became of it, the outcome is unknown, and the row may be there.
/// </summary>
public sealed partial class RequestTable(
    TableStore store,
    ExecutionOptions options,
    TimeProvider time,
    ILogger<RequestTable> logger
) : IFormCallHandler
{
    public const string Table = "requests";

    /// <summary>The largest request that is recorded, in bytes of JSON.</summary>
    public const int MaxRequestBytes = 262_144;

    private const string DateFormat = "yyyy-MM-dd";

    public async Task<ToolReply> HandleAsync(FormCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var data = call.Arguments;
        if (data.Length > MaxRequestBytes)
        {
            return ToolReply.Error(
                ErrorCodes.SubmissionFailed,
                $"The request is larger than {MaxRequestBytes / 1_024} KiB and was not recorded. Shorten the longest text."
            );
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString();
        using var limit = new CancellationTokenSource(call.Form.Timeout, time);
        try
        {
            await store.UpsertAsync(Table, ToRow(id, now, call, data), limit.Token);
        }
        catch (TableStoreException e) when (!e.MayBeDone)
        {
            LogNotRecorded(call.Form.Tool, call.Caller, e.Message);
            return ToolReply.Error(ErrorCodes.SubmissionFailed, "The request could not be recorded. Try again later.");
        }
        catch (Exception e) when (e is TableStoreException or OperationCanceledException)
        {
            var late = $"Table storage did not answer within {call.Form.Timeout.TotalSeconds:0} s.";
            return Unknown(call, id, e is TableStoreException ? e.Message : late);
        }

        LogRecorded(id, call.Form.Tool, call.Caller);
        return ToolReply.Success(Receipt.Write($"\"{id}\"", now, "pending", data, null));
    }

    /// <summary>The requests of one day (UTC), oldest first, each as one line of JSON.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        DateOnly date,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var filter = TableFilter.Equal("PartitionKey", date.ToString(DateFormat, CultureInfo.InvariantCulture));
        await foreach (var row in store.QueryAsync(Table, filter, [], cancellationToken))
        {
            yield return ToLine(row);
        }
    }

    /// <summary>Removes the requests that are older than Execution:RetentionDays.</summary>
    public Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow().AddDays(-options.RetentionDays).ToString(DateFormat, CultureInfo.InvariantCulture);
        return store.PurgeAsync(Table, $"PartitionKey lt {TableFilter.Text(oldest)}", cancellationToken);
    }

    private ToolReply Unknown(FormCall call, string id, string problem)
    {
        LogUnknown(id, call.Form.Tool, call.Caller, problem);
        return ToolReply.Error(
            ErrorCodes.SubmissionOutcomeUnknown,
            $"It is not known whether the request was recorded (as {id}): the table did not say. Check before repeating."
        );
    }

    private static TableRow ToRow(string id, DateTimeOffset now, FormCall call, ReadOnlyMemory<byte> data)
    {
        var values = new Dictionary<string, object>
        {
            ["Tool"] = call.Form.Tool,
            ["At"] = now,
            ["Status"] = "pending",
            ["Caller"] = call.Caller.Fingerprint,
        };

        // What a JWT says of its bearer, so that somebody can be asked back: the form API has accepted the token.
        ReadOnlySpan<(string, string?)> claims = [("Subject", call.Caller.Subject), ("Issuer", call.Caller.Issuer)];
        foreach (var (name, claim) in claims)
        {
            if (claim is not null && !TokenGuard.Repeats(claim, call.Caller.Token))
            {
                values[name] = Quotable.Shorten(claim, 256);
            }
        }

        BinaryParts.Write(values, data.Span);
        return new TableRow(now.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture), id, values);
    }

    private static ReadOnlyMemory<byte> ToLine(TableRow row)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("id", row.RowKey);
            foreach (var name in (ReadOnlySpan<string>)["Tool", "Status", "Caller", "Subject", "Issuer"])
            {
                if (row.Values.GetValueOrDefault(name) is string { Length: > 0 } text)
                {
                    writer.WriteString(JsonNamingPolicy.CamelCase.ConvertName(name), text);
                }
            }

            writer.WriteString("timestamp", row.Values.GetValueOrDefault("At") is DateTimeOffset at ? Receipt.Time(at) : "");
            writer.WritePropertyName("data");
            WriteData(writer, BinaryParts.Read(row.Values));
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Without the line breaks that a caller may have written between the values.</summary>
    private static void WriteData(Utf8JsonWriter writer, byte[] data)
    {
        try
        {
            JsonElement.Parse(data).WriteTo(writer);
        }
        catch (JsonException)
        {
            // A row that somebody has changed by hand must not hide the others.
            writer.WriteNullValue();
        }
    }

    [LoggerMessage(2020, LogLevel.Information, "Request {Id} of {Tool} by caller {Caller} recorded")]
    private partial void LogRecorded(string id, string tool, Caller caller);

    [LoggerMessage(2021, LogLevel.Error, "A request of {Tool} by caller {Caller} could not be recorded: {Problem}")]
    private partial void LogNotRecorded(string tool, Caller caller, string problem);

    [LoggerMessage(
        2022,
        LogLevel.Error,
        "It is not known whether request {Id} of {Tool} by caller {Caller} is recorded: {Problem}"
    )]
    private partial void LogUnknown(string id, string tool, Caller caller, string problem);
}
