using McpFunctionApp.Execution;
using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Hosting;

/// <summary>Removes what is past its life from the tables. Every host runs it about once an hour; running it twice does no harm.</summary>
public sealed partial class PurgeJob(ILogger<PurgeJob> logger, SchemaTable? schemas = null, RequestTable? requests = null)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var forms = schemas is null ? 0 : await schemas.PurgeAsync(cancellationToken);
            var old = requests is null ? 0 : await requests.PurgeAsync(cancellationToken);
            LogPurged(forms, old);
        }
        catch (TableStoreException e)
        {
            LogFailed(e.Message);
        }
    }

    [LoggerMessage(6010, LogLevel.Information, "Purged {Forms} cached forms and {Requests} recorded requests")]
    private partial void LogPurged(int forms, int requests);

    [LoggerMessage(6011, LogLevel.Warning, "The tables could not be purged and are tried again in an hour: {Problem}")]
    private partial void LogFailed(string problem);
}
