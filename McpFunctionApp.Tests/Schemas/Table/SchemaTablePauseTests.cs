using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>Whatever the table service answers, it costs one warning, and then the service is left alone for 10 s.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTablePauseTests(SchemaTablePauseTests.Instances table) : IClassFixture<SchemaTablePauseTests.Instances>
{
    private const int Trouble = 1020;

    private static readonly Dictionary<string, Func<HttpContext, Task>> s_troubles = new()
    {
        ["a lost connection"] = FakeTableService.Reset,
        ["half an answer"] = FakeTableService.HalfAnAnswer,
        ["503"] = FakeTableService.Status(503, "ServerBusy"),
        ["500"] = FakeTableService.Status(500, "InternalError"),
        ["403"] = FakeTableService.Status(403, "AuthenticationFailed"),
        ["404 of something else"] = FakeTableService.Status(404, body: "<html>no such page</html>"),
        ["a redirect"] = FakeTableService.Status(302),
        ["200 without a body"] = FakeTableService.Status(200),
        ["HTML"] = FakeTableService.Row("<html>Sign in</html>"),
        ["a list"] = FakeTableService.Row("[]"),
        ["a row without keys"] = FakeTableService.Row("{}"),
        ["half a row"] = FakeTableService.Row("""{"PartitionKey":"p","Row"""),
        ["a broken binary"] = FakeTableService.Row(
            """{"PartitionKey":"p","RowKey":"r","Part00@odata.type":"Edm.Binary","Part00":"%%%"}"""
        ),
        ["a broken date"] = FakeTableService.Row(
            """{"PartitionKey":"p","RowKey":"r","Expires@odata.type":"Edm.DateTime","Expires":"soon"}"""
        ),
    };

    public static TheoryData<string> Troubles => [.. s_troubles.Keys];

    private TableRig Rig => table.Rig;

    [NodeTheory]
    [MemberData(nameof(Troubles))]
    public async Task A_list_succeeds_with_one_warning_and_the_table_is_left_alone_for_10_seconds(string trouble)
    {
        var (caller, second, third) = ($"first-{TokenOf(trouble)}", $"second-{TokenOf(trouble)}", $"third-{TokenOf(trouble)}");
        await PrepareAsync();
        var before = TableRig.Warnings(Rig.First).Count;
        Rig.Proxy.Fail(s_troubles[trouble]);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, caller));
        Assert.Equal([Trouble], TableRig.Warnings(Rig.First).Skip(before));
        Assert.Equal("paused", (await TableRig.ReportAsync(Rig.First)).GetProperty("table").GetString());
        var asked = Rig.Proxy.Requests.Count;

        Rig.Proxy.Heal();
        Rig.Advance(9.9);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First, caller));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, second));
        Assert.False((await Rig.First.Rpc.CallAsync("create_request", Given.Call, caller)).IsError);
        Assert.Equal(asked, Rig.Proxy.Requests.Count);

        Rig.Advance(0.1);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, third));
        Assert.True(Rig.Proxy.Requests.Count > asked);
        Assert.Single(await Rig.FormRowsAsync());
        Assert.Equal("in use", (await TableRig.ReportAsync(Rig.First)).GetProperty("table").GetString());
        Assert.Equal([Trouble], TableRig.Warnings(Rig.First).Skip(before));
    }

    /// <summary>As at the start, whatever a case before has left: each has callers of its own.</summary>
    private Task PrepareAsync()
    {
        Rig.Proxy.Heal();
        Rig.Advance(10);
        return Rig.DeleteFormRowsAsync();
    }

    private static string TokenOf(string trouble) => trouble.Replace(' ', '-');

    public sealed class Instances(AzuriteServer azurite) : TableTests(azurite);
}
