using System.Globalization;
using System.Net.Http.Headers;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>One request to the table service, to be made into a fresh signed message for every attempt.</summary>
/// <param name="What">The operation with its article, for messages.</param>
/// <param name="Path">The path after the endpoint's, percent-encoded, with its slash.</param>
/// <param name="Query">The query with its question mark, or nothing.</param>
internal sealed record TableRequest(string What, HttpMethod Method, string Path, string Query = "", ReadOnlyMemory<byte>? Body = null)
{
    /// <summary>A request for one row. Quotes in keys are doubled, everything that is no plain letter or digit is percent-encoded.</summary>
    public static TableRequest ForRow(string what, HttpMethod method, string table, string partitionKey, string rowKey) =>
        new(what, method, $"/{table}(PartitionKey='{Key(partitionKey)}',RowKey='{Key(rowKey)}')");

    /// <summary>A request for a query's first page.</summary>
    public static TableRequest ForQuery(string table, string filter, IReadOnlyList<string> select)
    {
        var query = new List<string>();
        if (filter.Length > 0)
        {
            query.Add($"$filter={Uri.EscapeDataString(filter)}");
        }

        if (select.Count > 0)
        {
            query.Add($"$select={Uri.EscapeDataString(string.Join(',', ["PartitionKey", "RowKey", .. select]))}");
        }

        return new("a query", HttpMethod.Get, $"/{table}()", query.Count > 0 ? $"?{string.Join('&', query)}" : "");
    }

    /// <summary>The query's next page; null after the last. A page may be empty and still not be the last.</summary>
    public TableRequest? ForPageAfter(TableReply page) => page.NextPartitionKey is not { } partition ? null : this with
    {
        Query = $"{(Query.Length > 0 ? $"{Query}&" : "?")}NextPartitionKey={Uri.EscapeDataString(partition)}"
            + (page.NextRowKey is { } row ? $"&NextRowKey={Uri.EscapeDataString(row)}" : ""),
    };

    public HttpRequestMessage ToMessage(TableConnection connection, DateTimeOffset now)
    {
        var url = new Uri($"{connection.Endpoint.AbsoluteUri.TrimEnd('/')}{Path}{Query}");
        var date = now.ToString("r", CultureInfo.InvariantCulture);
        var message = new HttpRequestMessage(Method, url);
        message.Headers.Add("x-ms-date", date);
        message.Headers.Add("x-ms-version", "2019-02-02");
        message.Headers.Add("DataServiceVersion", "3.0;NetFx");
        message.Headers.Add("MaxDataServiceVersion", "3.0;NetFx");
        message.Headers.TryAddWithoutValidation("Accept", "application/json;odata=minimalmetadata");
        message.Headers.TryAddWithoutValidation("Authorization", SharedKeyLite.Authorization(connection.Account, connection.Key, date, url.AbsolutePath));
        if (Method == HttpMethod.Delete)
        {
            // Whatever version is there; without the header the service refuses a delete, while a PUT without it inserts or replaces.
            message.Headers.Add("If-Match", "*");
        }

        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return message;
    }

    private static string Key(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
