using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>A form that is large, or too large for a row, and how many rows there are.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableRowTests(AzuriteServer azurite) : TableTests(azurite)
{
    private const int Unreadable = 1021;
    private const int NotWritten = 1022;

    [NodeTheory]
    [InlineData(1_100)]
    [InlineData(1_400)]
    [InlineData(1_800)]
    public async Task A_form_too_large_for_a_row_is_served_from_memory_with_one_warning_and_no_pause(int kilobytes)
    {
        Rig.Api.ServeFields(Incompressible(kilobytes * 1_024));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal([NotWritten], TableRig.Warnings(Rig.First));
        Assert.False(TableRig.IsPaused(Rig.First));
        Assert.Empty(await Rig.FormRowsAsync());

        Rig.Api.ServeFields(Given.Fields);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, Given.OtherToken));
        Assert.Single(await Rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task A_large_form_is_split_over_parts_and_shared()
    {
        Rig.Api.ServeFields(Incompressible(600 * 1_024));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Assert.True(
            Assert.Single(await Rig.FormRowsAsync()).Values.Keys.Count(name => name.StartsWith("Part", StringComparison.Ordinal))
                > 1
        );
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
        Assert.Equal((await Rig.First.Rpc.ListAsync(Given.Token)).Body, (await Rig.Second.Rpc.ListAsync(Given.Token)).Body);
        Assert.Empty(TableRig.Warnings(Rig.First));
    }

    [NodeFact]
    public async Task A_part_that_is_missing_makes_the_row_unreadable()
    {
        Rig.Api.ServeFields(Incompressible(600 * 1_024));
        await Rig.CallsOfListAsync(Rig.First);
        var row = Assert.Single(await Rig.FormRowsAsync());
        var values = row.Values.ToDictionary();
        values.Remove("Part01");
        await Rig.Store.UpsertAsync("schemas", row with { Values = values }, CancellationToken.None);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        Assert.Equal([Unreadable], TableRig.Warnings(Rig.Second));
    }

    [NodeFact]
    public async Task Listing_again_and_again_keeps_one_row_per_caller_and_form()
    {
        for (var i = 0; i < 12; i++)
        {
            foreach (var token in (string[])[Given.Token, Given.OtherToken])
            {
                await Rig.CallsOfListAsync(i % 2 == 0 ? Rig.First : Rig.Second, token);
            }

            Rig.Advance(101);
        }

        Assert.Equal(8, Rig.Api.FormCalls.Count);
        Assert.Equal(2, (await Rig.FormRowsAsync()).Count);
        Assert.All(await Rig.FormRowsAsync(), row => Assert.Equal(row.RowKey[..2], row.PartitionKey));
    }

    /// <summary>One field with options that compression can make nothing of.</summary>
    private static string Incompressible(int bytes)
    {
        var random = new Random(20260728);
        var options = Enumerable
            .Range(0, bytes / 1_024)
            .Select(_ =>
            {
                var label = new byte[768];
                random.NextBytes(label);
                return $"\"{Convert.ToBase64String(label)}\"";
            });
        return $$"""{"paramName":"device","type":"DropDownFieldRest","options":[{{string.Join(',', options)}}]}""";
    }
}
