using McpFunctionApp.FormApi;
using McpFunctionApp.Replies;
using McpFunctionApp.Schemas;
using McpFunctionApp.Search;
using McpFunctionApp.Storage;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Administration;

/// <summary>Whether the process lives, and whether what it depends on can be reached. Shows no addresses.</summary>
public sealed class HealthEndpoint(
    IReadOnlyList<FormOptions> forms,
    IHttpClientFactory http,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    SearchOptions? search = null,
    TableStore? store = null
) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (HealthReport Report, DateTimeOffset At)? _last;

    /// <summary><c>GET /health</c>.</summary>
    public static Task LiveAsync(HttpContext context) => WriteAsync(context, new HealthReport("alive", null));

    /// <summary><c>GET /health/ready</c>: 200 while tools can be served, be it the static ones only; 503 once the process is
    /// stopping.</summary>
    public async Task ReadyAsync(HttpContext context)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await WriteAsync(context, new HealthReport("stopping", null));
            return;
        }

        await WriteAsync(context, await ReportAsync(context.RequestAborted));
    }

    public void Dispose() => _gate.Dispose();

    private async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        // One look serves everybody for a while: a health check must not become load on what it checks.
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || time.GetUtcNow() - last.At >= s_kept)
            {
                last = (await LookAsync(), time.GetUtcNow());
                _last = last;
            }

            return last.Report;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<HealthReport> LookAsync()
    {
        var looks = forms.Select(form => CheckAsync(form.Tool, token => AskAsync(FormApiHttp.Name, form.Url, token))).ToList();
        if (search is not null)
        {
            looks.Add(CheckAsync("search", token => AskAsync(ElasticsearchHttp.Name, search.Url, token)));
        }

        if (store is not null)
        {
            looks.Add(CheckAsync("table", token => store.PingAsync(SchemaTable.Table, token)));
        }

        var checks = await Task.WhenAll(looks);
        return new HealthReport(checks.All(check => check.Milliseconds is not null) ? "healthy" : "degraded", checks);
    }

    private async Task<HealthCheck> CheckAsync(string name, Func<CancellationToken, Task> look)
    {
        using var limit = new CancellationTokenSource(s_limit, time);
        var started = time.GetTimestamp();
        try
        {
            await look(limit.Token);
            return new HealthCheck(name, "reachable", Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TableStoreException or OperationCanceledException)
        {
            return new HealthCheck(name, "unreachable", null);
        }
    }

    /// <summary>Any answer will do: that an API refuses a question without a token shows that it is there.</summary>
    private async Task AskAsync(string name, Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, url);
        using var client = http.CreateClient(name);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.Headers.CacheControl = "no-store";
        return WholeAnswer.WriteAsync(context, report, AppJson.Default.HealthReport);
    }
}
