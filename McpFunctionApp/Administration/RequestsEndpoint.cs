using System.Globalization;
using McpFunctionApp.Execution;
using McpFunctionApp.Replies;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Administration;

/// <summary><c>GET /requests?date=2026-07-28</c>: the recorded requests of a day (UTC) as JSON lines. Who may ask is the host's
/// to check.</summary>
public sealed partial class RequestsEndpoint(TimeProvider time, ILogger<RequestsEndpoint> logger, RequestTable? requests = null)
{
    public async Task ExportAsync(HttpContext context)
    {
        if (requests is null)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status404NotFound,
                "Requests are recorded in memory only: set TableStorage to keep them."
            );
            return;
        }

        var asked = context.Request.Query["date"].ToString();
        var date = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (
            asked.Length > 0
            && !DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
        )
        {
            await RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                "Give the day (UTC) as ?date=2026-07-28; without it, it is today."
            );
            return;
        }

        try
        {
            context.Response.ContentType = "application/x-ndjson";
            await foreach (var line in requests.ReadAsync(date, context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(line, context.RequestAborted);
                await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
            }
        }
        catch (TableStoreException e)
        {
            LogNotRead(e.Message);
            await BreakOffAsync(context);
        }
    }

    private static async Task BreakOffAsync(HttpContext context)
    {
        // Lines that have gone out cannot be taken back; a broken connection says that there are more.
        if (context.Response.HasStarted)
        {
            context.Abort();
        }
        else
        {
            await RefuseAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "The table could not be read: try again in a moment."
            );
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return WholeAnswer.WriteAsync(context, new Refusal(message), AppJson.Default.Refusal);
    }

    [LoggerMessage(5010, LogLevel.Error, "The recorded requests could not be read: {Problem}")]
    private partial void LogNotRead(string problem);
}
