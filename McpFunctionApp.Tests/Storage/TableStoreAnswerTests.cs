using System.Net;
using McpFunctionApp.Storage;
using static McpFunctionApp.Tests.Storage.FakeTableService;

namespace McpFunctionApp.Tests.Storage;

/// <summary>What a table service, or something in its place, may answer.</summary>
public sealed class TableStoreAnswerTests
{
    private static readonly TableRow s_row = new("p", "r", new Dictionary<string, object>());

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
        await using var service = await StartAsync(Row(body), Row(body.Length == 0 ? "" : $$"""{"value":[{{body}}]}"""));
        var store = OpenedStore.Of(service.ConnectionString);

        var errors = new[]
        {
            await Assert.ThrowsAsync<TableStoreException>(() => store.GetAsync("rows", "p", "r", CancellationToken.None)),
            await Assert.ThrowsAsync<TableStoreException>(() => CountAsync(store)),
        };

        Assert.All(
            errors,
            error =>
            {
                Assert.False(error.IsTransient);
                Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
            }
        );
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
        var store = OpenedStore.Of(service.ConnectionString);

        await Assert.ThrowsAsync<TableStoreException>(() => store.GetAsync("rows", "p", "r", CancellationToken.None));
        await Assert.ThrowsAsync<TableStoreException>(() => store.DeleteAsync("rows", "p", "r", CancellationToken.None));
        await Assert.ThrowsAsync<TableStoreException>(() => CountAsync(store));
        await Assert.ThrowsAsync<TableStoreException>(() => store.UpsertAsync("rows", s_row, CancellationToken.None));
        await Assert.ThrowsAsync<TableStoreException>(() => store.InsertAsync("rows", s_row, CancellationToken.None));
        Assert.InRange(service.Requests.Count, 1, 5);
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

        var error = await Assert.ThrowsAsync<TableStoreException>(() => UpsertAsync(service));

        Assert.Equal(code, error.ErrorCode);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_that_is_not_about_the_row_is_no_second_insert()
    {
        await using var service = await StartAsync(Status(409, "TableBeingDeleted"));

        var store = OpenedStore.Of(service.ConnectionString);
        var error = await Assert.ThrowsAsync<TableStoreException>(() => store.InsertAsync("rows", s_row, CancellationToken.None));

        Assert.Equal((HttpStatusCode.Conflict, true), (error.Status, error.IsTransient));
    }

    [Fact]
    public async Task A_table_lost_again_between_its_creation_and_the_write_is_an_error()
    {
        await using var service = await StartAsync(Status(404, "TableNotFound"), Status(201), Status(404, "TableNotFound"));

        var error = await Assert.ThrowsAsync<TableStoreException>(() => UpsertAsync(service));

        Assert.Equal("TableNotFound", error.ErrorCode);
        Assert.Equal(["PUT", "POST", "PUT"], service.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public async Task A_table_that_is_still_being_deleted_is_a_transient_error()
    {
        await using var service = await StartAsync(
            Status(404, "TableNotFound"),
            Status(409, "TableBeingDeleted"),
            Status(404, "TableNotFound")
        );

        var error = await Assert.ThrowsAsync<TableStoreException>(() => UpsertAsync(service));

        Assert.Equal((HttpStatusCode.NotFound, "TableNotFound", true), (error.Status, error.ErrorCode, error.IsTransient));
        Assert.Equal(3, service.Requests.Count);
    }

    private static Task UpsertAsync(FakeTableService service) =>
        OpenedStore.Of(service.ConnectionString).UpsertAsync("rows", s_row, CancellationToken.None);

    private static async Task<int> CountAsync(TableStore store) =>
        await store.QueryAsync("rows", "", [], CancellationToken.None).CountAsync();
}
