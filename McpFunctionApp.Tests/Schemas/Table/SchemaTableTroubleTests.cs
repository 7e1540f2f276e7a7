using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>While the table service is in trouble, and once it is back, lists go on with what memory has.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableTroubleTests(AzuriteServer azurite) : TableTests(azurite)
{
    private const int Trouble = 1020;

    [NodeFact]
    public async Task Forty_lists_at_once_in_trouble_make_one_warning()
    {
        Rig.Proxy.Fail(FakeTableService.Reset);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Rig.First.Rpc.ListAsync($"token-of-caller-{i:00}")));
        Assert.Equal([Trouble], TableRig.Warnings(Rig.First));
    }

    [NodeFact]
    public async Task Trouble_that_lasts_makes_one_warning_every_10_seconds()
    {
        Rig.Proxy.Fail(FakeTableService.Reset);
        for (var second = 0; second < 40; second++)
        {
            Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, $"token-of-caller-{second:00}"));
            Rig.Advance(1);
        }

        Assert.Equal([Trouble, Trouble, Trouble, Trouble], TableRig.Warnings(Rig.First));
    }

    [NodeFact]
    public async Task In_trouble_memory_keeps_what_it_has_for_its_whole_remaining_life()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Rig.Proxy.Fail(FakeTableService.Reset);
        for (var second = 0; second < 299; second += 23)
        {
            Rig.Advance(23);
            Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
        }

        Rig.Advance(1);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
    }

    [NodeFact]
    public async Task What_came_from_the_table_is_kept_in_trouble_for_its_remaining_life_and_no_longer()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        Rig.Advance(100);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
        Rig.Proxy.Fail(FakeTableService.Reset);
        Rig.Advance(199.9);
        Assert.Equal(100, await TableRig.TtlAsync(Rig.First));
        Rig.Advance(0.1);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
    }

    [NodeFact]
    public async Task A_service_that_cannot_be_reached_at_start_is_used_once_it_can()
    {
        var port = FreePort.Next();
        var app = await Rig.AddAsync(("TableStorage", TableProxy.ConnectionStringOf(port)));
        Assert.Equal(1, await Rig.CallsOfListAsync(app));
        Assert.Equal(0, await Rig.CallsOfListAsync(app));
        Assert.Equal([Trouble], TableRig.Warnings(app));
        await using var service = await TableProxy.StartAsync(Azurite, port);
        Rig.Advance(10);
        Assert.Equal(1, await Rig.CallsOfListAsync(app, Given.OtherToken));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second, Given.OtherToken));
    }

    [NodeFact]
    public async Task A_service_that_comes_back_empty_is_filled_again()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        await Rig.DeleteTableAsync("schemas");
        Rig.Advance(61);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        Assert.Single(await Rig.FormRowsAsync());
    }
}
