using System.Net;
using McpFunctionApp.Storage;
using static McpFunctionApp.Tests.Storage.TableRest.FakeTableService;

namespace McpFunctionApp.Tests.Storage.TableRest;

public sealed class TableRestAnswerTests : IDisposable
{
    private static readonly TableRow s_row = new("p", "r", new Dictionary<string, object>());

    private readonly RestStore _stores = new();

    public void Dispose() => _stores.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("<html>secret</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"PartitionKey":"p"}""")]
    [InlineData("""{"PartitionKey":1,"RowKey":"r"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","V":{}}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","V@odata.type":"Edm.Int64","V":"secret"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","V@odata.type":"Edm.Int64","V":"99999999999999999999"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","V@odata.type":"Edm.Double","V":true}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","V@odata.type":"Edm.DateTime","V":"secret"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","V@odata.type":"Edm.Binary","V":"secret!"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","V@odata.type":3,"V":"x"}""")]
    public async Task An_answer_that_is_no_row_is_a_clear_error(string body)
    {
        await using var service = await StartAsync(Row(body), Row(body.Length == 0 ? "" : $$"""{"value":[{{body}}]}"""), Row(body));
        var store = _stores.Open(service.ConnectionString);

        var errors = new[]
        {
            await Assert.ThrowsAsync<TableStoreException>(() => store.GetAsync("rows", "p", "r", CancellationToken.None)),
            await Assert.ThrowsAsync<TableStoreException>(() => CountAsync(store)),
            await Assert.ThrowsAsync<TableStoreException>(() => store.PingAsync(CancellationToken.None)),
        };

        Assert.All(errors, error =>
        {
            Assert.Equal((HttpStatusCode.OK, false), (error.Status!.Value, error.IsTransient));
            Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(404, null, "")]
    [InlineData(404, "ContainerNotFound", "")]
    [InlineData(404, null, "<html>ResourceNotFound</html>")]
    [InlineData(302, null, "")]
    [InlineData(304, null, "")]
    public async Task What_the_table_service_did_not_say_is_not_a_missing_row(int status, string? code, string body)
    {
        await using var service = await StartAsync(Status(status, code, body: status == 304 ? "" : body));
        var store = _stores.Open(service.ConnectionString);

        await Assert.ThrowsAsync<TableStoreException>(() => store.GetAsync("rows", "p", "r", CancellationToken.None));
        await Assert.ThrowsAsync<TableStoreException>(() => store.DeleteAsync("rows", "p", "r", CancellationToken.None));
        await Assert.ThrowsAsync<TableStoreException>(() => CountAsync(store));
        await Assert.ThrowsAsync<TableStoreException>(() => store.UpsertAsync("rows", s_row, CancellationToken.None));
        Assert.Equal(4, service.Requests.Count);
    }

    [Theory]
    [InlineData("""{"odata.error":{"code":"EntityTooLarge","message":{"lang":"en-US","value":"secret"}}}""", "EntityTooLarge")]
    [InlineData("""{"odata.error":{"code":"secret at 10.0.0.1"}}""", null)]
    [InlineData("""{"odata.error":{"code":7}}""", null)]
    [InlineData("""{"odata.error":"secret"}""", null)]
    [InlineData("<html>secret</html>", null)]
    public async Task An_error_code_is_read_from_the_body_where_no_header_has_it_and_nothing_else_is(string body, string? code)
    {
        await using var service = await StartAsync(Status(400, body: body));

        var error = await Assert.ThrowsAsync<TableStoreException>(() => _stores.Open(service.ConnectionString).UpsertAsync("rows", s_row, CancellationToken.None));

        Assert.Equal(code, error.ErrorCode);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_lost_again_between_its_creation_and_the_write_is_an_error()
    {
        await using var service = await StartAsync(Status(404, "TableNotFound"), Status(201), Status(404, "TableNotFound"));

        var error = await Assert.ThrowsAsync<TableStoreException>(() => _stores.Open(service.ConnectionString).UpsertAsync("rows", s_row, CancellationToken.None));

        Assert.Equal("TableNotFound", error.ErrorCode);
        Assert.Equal(["PUT /rows(PartitionKey='p',RowKey='r')", "POST /Tables", "PUT /rows(PartitionKey='p',RowKey='r')"], service.Requests);
    }

    [Fact]
    public async Task A_table_that_is_still_being_deleted_is_a_transient_error()
    {
        await using var service = await StartAsync(Status(404, "TableNotFound"), Status(409, "TableBeingDeleted"));

        var error = await Assert.ThrowsAsync<TableStoreException>(() => _stores.Open(service.ConnectionString).UpsertAsync("rows", s_row, CancellationToken.None));

        Assert.Equal((HttpStatusCode.Conflict, "TableBeingDeleted", true), (error.Status, error.ErrorCode, error.IsTransient));
        Assert.Equal(2, service.Requests.Count);
    }

    internal static async Task<int> CountAsync(ITableStore store) =>
        await store.QueryAsync("rows", "", [], CancellationToken.None).CountAsync();
}
