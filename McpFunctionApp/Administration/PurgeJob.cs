using McpFunctionApp.Execution;
using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;
using McpFunctionApp.Tickets;

namespace McpFunctionApp.Administration;

/// <summary>Removes what is past its life from the tables. Every host runs it about once an hour; running it twice does no
/// harm.</summary>
public sealed partial class PurgeJob(
    Claims claims,
    ILogger<PurgeJob> logger,
    SchemaTable? schemas = null,
    RequestTable? requests = null,
    KeyTable? keys = null
)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (forms, problem) = await TryAsync(schemas is null ? null : schemas.PurgeAsync, cancellationToken);
        var (old, other) = await TryAsync(requests is null ? null : requests.PurgeAsync, cancellationToken);
        var (used, third) = await TryAsync(claims.PurgeAsync, cancellationToken);
        var (_, last) = await TryAsync(keys is null ? null : keys.PurgeAsync, cancellationToken);
        if ((problem ?? other ?? third ?? last) is { } trouble)
        {
            LogFailed(trouble);
        }
        else
        {
            LogPurged(forms, old, used);
        }
    }

    private static async Task<(int Removed, string? Problem)> TryAsync(
        Func<CancellationToken, Task<int>>? purge,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (purge is null ? 0 : await purge(cancellationToken), null);
        }
        catch (TableStoreException e)
        {
            return (0, e.Message);
        }
    }

    [LoggerMessage(6010, LogLevel.Information, "Purged {Forms} cached forms and {Requests} recorded requests, {Claims} claims")]
    private partial void LogPurged(int forms, int requests, int claims);

    [LoggerMessage(6011, LogLevel.Warning, "The tables could not be purged and are tried again in an hour: {Problem}")]
    private partial void LogFailed(string problem);
}
