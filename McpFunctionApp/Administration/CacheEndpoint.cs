using McpFunctionApp.Admission;
using McpFunctionApp.FormApi;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Administration;

/// <summary>The cache's statistics and invalidation. Who may ask for the first two is the host's to check.</summary>
public sealed class CacheEndpoint(
    FormSchemas schemas,
    SchemaMemory memory,
    SchemaOptions options,
    CacheCounters counters,
    CallerAdmission admission,
    AppInstance instance,
    SchemaTable? table = null
)
{
    /// <summary><c>GET /cache</c>.</summary>
    public Task ReportAsync(HttpContext context)
    {
        var (entries, forms, bytes) = memory.Usage();
        var report = new CacheReport(
            instance.Name,
            instance.StartedAt,
            entries,
            forms,
            bytes,
            options.MemoryBytes,
            new CacheHits(counters.MemoryHits, counters.TableHits),
            counters.Misses,
            counters.OriginCalls,
            counters.Failures,
            table is null ? "none"
                : table.IsPaused ? "paused"
                : "in use"
        );
        return WholeAnswer.WriteAsync(context, report, AppJson.Default.CacheReport);
    }

    /// <summary><c>DELETE /cache</c>: everybody's forms, here at once and elsewhere within Schemas:MemoryTtlSeconds.</summary>
    public async Task InvalidateAsync(HttpContext context)
    {
        var told = await schemas.InvalidateAsync(context.RequestAborted);
        await AnswerAsync(
            context,
            told,
            table is null
                ? "All forms are forgotten."
                : $"All forms are forgotten here; other instances follow within {options.MemoryTtl.TotalSeconds:0} s."
        );
    }

    /// <summary><c>DELETE /cache/me</c>: the forms of the bearer token that comes with it.</summary>
    public async Task DropMineAsync(HttpContext context)
    {
        var (caller, rejection) = await admission.RequireAsync(context);
        if (rejection is not null)
        {
            rejection.WriteHead(context.Response);
            await WriteAsync(context, new InvalidationReport(false, rejection.Message));
            return;
        }

        await AnswerAsync(context, await schemas.DropAsync(caller!, context.RequestAborted), "Your forms are forgotten.");
    }

    private static Task AnswerAsync(HttpContext context, bool told, string message)
    {
        context.Response.StatusCode = told ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WriteAsync(
            context,
            new InvalidationReport(
                told,
                told ? message : "This instance has forgotten, but the table could not be told: try again in a moment."
            )
        );
    }

    private static Task WriteAsync(HttpContext context, InvalidationReport report) =>
        WholeAnswer.WriteAsync(context, report, AppJson.Default.InvalidationReport);
}
