using McpFunctionApp.Execution;
using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Administration;

/// <summary>Removes what is past its life from the tables. Every host runs it about once an hour; running it twice does no harm.</summary>
public sealed partial class PurgeJob(ILogger<PurgeJob> logger, SchemaTable? schemas = null, RequestTable? requests = null)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (forms, problem) = schemas is null ? (0, null) : await TryAsync(schemas.PurgeAsync, cancellationToken);
        var (old, other) = requests is null ? (0, null) : await TryAsync(requests.PurgeAsync, cancellationToken);
        if ((problem ?? other) is { } trouble)
        {
            LogFailed(trouble);
        }
        else
        {
            LogPurged(forms, old);
        }
    }

    private static async Task<(int Removed, string? Problem)> TryAsync(Func<CancellationToken, Task<int>> purge, CancellationToken cancellationToken)
    {
        try
        {
            return (await purge(cancellationToken), null);
        }
        catch (TableStoreException e)
        {
            return (0, e.Message);
        }
    }

    [LoggerMessage(6010, LogLevel.Information, "Purged {Forms} cached forms and {Requests} recorded requests")]
    private partial void LogPurged(int forms, int requests);

    [LoggerMessage(6011, LogLevel.Warning, "The tables could not be purged and are tried again in an hour: {Problem}")]
    private partial void LogFailed(string problem);
}
