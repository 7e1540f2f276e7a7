namespace McpFunctionApp.Storage.TableRest;

/// <summary>Sends requests to the table service, each at most twice: once more after 429, 500, 503 or a lost connection.</summary>
internal sealed class TableSender(IHttpClientFactory http, TableConnection connection, TimeProvider time)
{
    private static readonly TimeSpan s_usualPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    /// <returns>The answer, whatever its status, or why there is none. Throws only where the caller cancels.</returns>
    public async Task<TableReply> SendAsync(TableRequest request, CancellationToken cancellationToken)
    {
        var reply = await TryAsync(request, cancellationToken);
        if (!reply.IsWorthRetrying)
        {
            return reply;
        }

        var pause = reply.RetryAfter ?? s_usualPause;
        await Task.Delay(pause < s_longestPause ? pause : s_longestPause, time, cancellationToken);
        return await TryAsync(request, cancellationToken);
    }

    private async Task<TableReply> TryAsync(TableRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var message = request.ToMessage(connection, time.GetUtcNow());
            using var client = http.CreateClient(TableRestHttp.Name);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken);
            return await ReadAsync(request.What, response, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TableReply.Nothing(request.What, "it took too long", isLost: false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return TableReply.Nothing(request.What, Describe(e), isLost: true);
        }
    }

    private async Task<TableReply> ReadAsync(string what, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new(what, response.StatusCode, response.IsSuccessStatusCode ? null : ErrorCode.Read(Header(response, "x-ms-error-code"), body), body, "")
        {
            RetryAfter = RetryAfter(response),
            NextPartitionKey = Header(response, "x-ms-continuation-NextPartitionKey"),
            NextRowKey = Header(response, "x-ms-continuation-NextRowKey"),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var pause = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - time.GetUtcNow());
        return pause >= TimeSpan.Zero ? pause : null;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static string Describe(Exception exception) => (exception as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its host name could not be resolved",
        HttpRequestError.SecureConnectionError => "no trusted TLS connection could be made",
        HttpRequestError.ConnectionError => "no connection could be made",
        HttpRequestError.InvalidResponse => "what it sent is not HTTP",
        _ => "the connection was lost",
    };
}
