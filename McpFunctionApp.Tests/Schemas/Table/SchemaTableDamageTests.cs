using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>A row that was changed by another hand costs a call to the form API and one warning, and is replaced.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableDamageTests(SchemaTableDamageTests.Instances table)
    : IClassFixture<SchemaTableDamageTests.Instances>
{
    private const int Unreadable = 1021;

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

    public static TheoryData<string> Damages => [.. s_damages.Keys];

    [NodeTheory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_row_is_fetched_again_with_one_warning_and_replaced(string damage)
    {
        var token = await WriteAsync(damage, s_damages[damage]);
        var before = TableRig.Warnings(table.Rig.Second).Count;
        Assert.Equal(1, await table.Rig.CallsOfListAsync(table.Rig.Second, token));
        Assert.Equal([Unreadable], TableRig.Warnings(table.Rig.Second).Skip(before));
        Assert.False(TableRig.IsPaused(table.Rig.Second));
        Assert.Single(await table.Rig.FormRowsAsync());
        Assert.Equal(0, await table.Rig.CallsOfListAsync(table.Third, token));
        Assert.Empty(TableRig.Warnings(table.Third));
    }

    [NodeTheory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData(5)]
    public async Task A_row_without_an_end_is_over(object? expires)
    {
        var token = await WriteAsync(
            $"end {expires}",
            values => _ = expires is null ? values.Remove("Expires") : (values["Expires"] = expires) is not null
        );
        Assert.Equal(1, await table.Rig.CallsOfListAsync(table.Rig.Second, token));
        Assert.Equal(0, await table.Rig.CallsOfListAsync(table.Third, token));
    }

    private static byte[] Bytes(Dictionary<string, object> values) => (byte[])values["Part00"];

    private static void Flip(Dictionary<string, object> values, Index at)
    {
        var bytes = Bytes(values);
        bytes[at] ^= 1;
        values["Part00"] = bytes;
    }

    /// <summary>Stores the form of a caller of its own as the only one, and does this to its row.</summary>
    private async Task<string> WriteAsync(string name, Action<Dictionary<string, object>> damage)
    {
        var token = $"{Given.Token}-{name.Replace(' ', '-')}";
        await table.Rig.DeleteFormRowsAsync();

        // So many lines of a kind are logged in a minute, and no more.
        table.Rig.Advance(60);
        await table.Rig.CallsOfListAsync(table.Rig.First, token);
        var row = Assert.Single(await table.Rig.FormRowsAsync());
        var values = row.Values.ToDictionary();
        damage(values);
        await table.Rig.Store.UpsertAsync("schemas", row with { Values = values }, CancellationToken.None);
        return token;
    }

    /// <summary>Three for all of them: each has a caller whom none of them knows.</summary>
    public sealed class Instances(AzuriteServer azurite) : TableTests(azurite)
    {
        public TestApp Third { get; private set; } = null!;

        protected override async Task PrepareAsync() => Third = await Rig.AddAsync();
    }
}
