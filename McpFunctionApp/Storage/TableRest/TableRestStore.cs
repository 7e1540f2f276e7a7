using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>Table storage over its REST protocol, for development, tests and one machine: an account's key, one retry, no more.</summary>
public sealed class TableRestStore(IHttpClientFactory http, TableConnection connection, TimeProvider time) : ITableStore
{
    private readonly TableSender _sender = new(http, connection, time);

    public async Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var reply = await _sender.SendAsync(ForRow("a get", HttpMethod.Get, table, partitionKey, rowKey), cancellationToken);
        return reply.IsMissing ? null : RowReader.ReadRow(reply.OrThrow());
    }

    public async Task UpsertAsync(string table, TableRow row, CancellationToken cancellationToken)
    {
        TableRules.CheckRow(row);
        var request = ForRow("an upsert", HttpMethod.Put, table, row.PartitionKey, row.RowKey) with { Body = RowWriter.Write(row) };
        var reply = await _sender.SendAsync(request, cancellationToken);
        if (reply.IsTableMissing)
        {
            await CreateAsync(table, cancellationToken);
            reply = await _sender.SendAsync(request, cancellationToken);
        }

        reply.OrThrow();
    }

    public async Task<bool> DeleteAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var reply = await _sender.SendAsync(ForRow("a delete", HttpMethod.Delete, table, partitionKey, rowKey), cancellationToken);
        return !reply.IsMissing && reply.OrThrow().IsSuccess;
    }

    public IAsyncEnumerable<TableRow> QueryAsync(string table, string filter, IReadOnlyList<string> select, CancellationToken cancellationToken)
    {
        TableRules.CheckTable(table);
        TableRules.CheckText(filter, nameof(filter));
        foreach (var name in select)
        {
            TableRules.CheckName(name, nameof(select));
        }

        return PagesAsync(TableRequest.ForQuery(table, filter, select), cancellationToken);
    }

    public async Task PingAsync(CancellationToken cancellationToken)
    {
        var reply = await _sender.SendAsync(new("a ping", HttpMethod.Get, "/Tables", "?$top=1"), cancellationToken);
        RowReader.CheckList(reply.OrThrow());
    }

    private async IAsyncEnumerable<TableRow> PagesAsync(TableRequest first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TableRequest? page = first;
        while (page is not null)
        {
            var reply = await _sender.SendAsync(page, cancellationToken);
            if (reply.IsTableMissing)
            {
                yield break;
            }

            foreach (var row in RowReader.ReadPage(reply.OrThrow()))
            {
                yield return row;
            }

            page = first.ForPageAfter(reply);
        }
    }

    private static TableRequest ForRow(string what, HttpMethod method, string table, string partitionKey, string rowKey)
    {
        TableRules.CheckTable(table);
        TableRules.CheckKey(partitionKey, nameof(partitionKey));
        TableRules.CheckKey(rowKey, nameof(rowKey));
        return TableRequest.ForRow(what, method, table, partitionKey, rowKey);
    }

    private async Task CreateAsync(string table, CancellationToken cancellationToken)
    {
        // A table's name is letters and digits: nothing to escape.
        var body = Encoding.ASCII.GetBytes($$"""{"TableName":"{{table}}"}""");
        var reply = await _sender.SendAsync(new("the creation of a table", HttpMethod.Post, "/Tables", Body: body), cancellationToken);
        if (reply is not { Status: HttpStatusCode.Conflict, ErrorCode: "TableAlreadyExists" })
        {
            reply.OrThrow();
        }
    }
}
