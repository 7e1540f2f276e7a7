using McpFunctionApp.Forms;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>A row that cannot be read, or a form that cannot be stored, costs a call to the form API and one warning.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableRowTests(AzuriteServer azurite) : IAsyncLifetime
{
    private const int Unreadable = 1021;
    private const int NotWritten = 1022;

    private static readonly Dictionary<string, Action<Dictionary<string, object>>> s_damages = new()
    {
        ["the first byte flipped"] = values => Flip(values, 0),
        ["a byte of the form flipped"] = values => Flip(values, 40),
        ["the last byte flipped"] = values => Flip(values, ^1),
        ["its end cut off"] = values => values["Part00"] = Bytes(values)[..^1],
        ["all but a few bytes cut off"] = values => values["Part00"] = Bytes(values)[..32],
        ["a byte too many"] = values => values["Part00"] = Bytes(values).Append((byte)0).ToArray(),
        ["no bytes"] = values => values["Part00"] = Array.Empty<byte>(),
        ["no part"] = values => values.Remove("Part00"),
        ["text instead of bytes"] = values => values["Part00"] = "text",
        ["a part too many"] = values => values["Part01"] = Bytes(values),
        ["a bit of the seal flipped"] = values =>
            values["Seal"] = ((byte[])values["Seal"]).Select((one, i) => (byte)(one ^ i / 31)).ToArray(),
        ["its seal cut off"] = values => values["Seal"] = ((byte[])values["Seal"])[..31],
        ["an empty seal"] = values => values["Seal"] = Array.Empty<byte>(),
        ["a seal that is text"] = values => values["Seal"] = Convert.ToBase64String((byte[])values["Seal"]),
        ["no seal"] = values => values.Remove("Seal"),
        ["an end that is later"] = values => values["Expires"] = ((DateTimeOffset)values["Expires"]).AddTicks(1),
        ["an end that is earlier"] = values => values["Expires"] = ((DateTimeOffset)values["Expires"]).AddSeconds(-1),
        ["an end far away"] = values => values["Expires"] = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ["an older format"] = values => values["Format"] = 0,
        ["a newer format"] = values => values["Format"] = FormCodec.FormatVersion + 1,
        ["a format that is text"] = values => values["Format"] = "2",
        ["no format"] = values => values.Remove("Format"),
    };

    private TableRig _rig = null!;

    public static TheoryData<string> Damages => [.. s_damages.Keys];

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeTheory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_row_is_fetched_again_with_one_warning_and_replaced(string damage)
    {
        await _rig.CallsOfListAsync(_rig.First);
        await DamageAsync(s_damages[damage]);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        Assert.Equal([Unreadable], TableRig.Warnings(_rig.Second));
        Assert.False(TableRig.IsPaused(_rig.Second));
        Assert.Single(await _rig.FormRowsAsync());
        var third = await _rig.AddAsync();
        Assert.Equal(0, await _rig.CallsOfListAsync(third));
        Assert.Empty(TableRig.Warnings(third));
    }

    [NodeTheory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData(5)]
    public async Task A_row_without_an_end_is_over(object? expires)
    {
        await _rig.CallsOfListAsync(_rig.First);
        await DamageAsync(values => _ = expires is null ? values.Remove("Expires") : (values["Expires"] = expires) is not null);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        Assert.Equal(0, await _rig.CallsOfListAsync(await _rig.AddAsync()));
    }

    [NodeTheory]
    [InlineData(1_100)]
    [InlineData(1_400)]
    [InlineData(1_800)]
    public async Task A_form_too_large_for_a_row_is_served_from_memory_with_one_warning_and_no_pause(int kilobytes)
    {
        _rig.Api.ServeFields(Incompressible(kilobytes * 1_024));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal([NotWritten], TableRig.Warnings(_rig.First));
        Assert.False(TableRig.IsPaused(_rig.First));
        Assert.Empty(await _rig.FormRowsAsync());

        _rig.Api.ServeFields(Given.Fields);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, Given.OtherToken));
        Assert.Single(await _rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task A_large_form_is_split_over_parts_and_shared()
    {
        _rig.Api.ServeFields(Incompressible(600 * 1_024));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        Assert.True(
            Assert.Single(await _rig.FormRowsAsync()).Values.Keys.Count(name => name.StartsWith("Part", StringComparison.Ordinal))
                > 1
        );
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second));
        Assert.Equal((await _rig.First.Rpc.ListAsync(Given.Token)).Body, (await _rig.Second.Rpc.ListAsync(Given.Token)).Body);
        Assert.Empty(TableRig.Warnings(_rig.First));
    }

    [NodeFact]
    public async Task A_part_that_is_missing_makes_the_row_unreadable()
    {
        _rig.Api.ServeFields(Incompressible(600 * 1_024));
        await _rig.CallsOfListAsync(_rig.First);
        await DamageAsync(values => values.Remove("Part01"));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        Assert.Equal([Unreadable], TableRig.Warnings(_rig.Second));
    }

    [NodeFact]
    public async Task Listing_again_and_again_keeps_one_row_per_caller_and_form()
    {
        for (var i = 0; i < 12; i++)
        {
            foreach (var token in (string[])[Given.Token, Given.OtherToken])
            {
                await _rig.CallsOfListAsync(i % 2 == 0 ? _rig.First : _rig.Second, token);
            }

            _rig.Advance(101);
        }

        Assert.Equal(8, _rig.Api.FormCalls.Count);
        Assert.Equal(2, (await _rig.FormRowsAsync()).Count);
        Assert.All(await _rig.FormRowsAsync(), row => Assert.Equal(row.RowKey[..2], row.PartitionKey));
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

    private static byte[] Bytes(Dictionary<string, object> values) => (byte[])values["Part00"];

    private static void Flip(Dictionary<string, object> values, Index at)
    {
        var bytes = Bytes(values);
        bytes[at] ^= 1;
        values["Part00"] = bytes;
    }

    private async Task DamageAsync(Action<Dictionary<string, object>> damage)
    {
        var row = Assert.Single(await _rig.FormRowsAsync());
        var values = row.Values.ToDictionary();
        damage(values);
        await _rig.Store.UpsertAsync("schemas", new TableRow(row.PartitionKey, row.RowKey, values), CancellationToken.None);
    }
}
