using System.IO.Compression;
using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>A row is believed only where its caller's token has sealed it, and even then only within reason.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableSealTests(AzuriteServer azurite) : TableTests(azurite)
{
    private const int Unreadable = 1021;

    private static readonly Dictionary<string, Func<byte[]>> s_forms = new()
    {
        ["a number too large"] = () => Pack(Form(Field("\"Min\":1e400"))),
        ["30,000 fields"] = () => Pack(Form(string.Join(',', Enumerable.Repeat(Field("\"Min\":1"), 30_000)))),
        ["80 MiB of nothing"] = () => Pack(new byte[80 * 1_048_576]),
        ["no form"] = () => Pack("[]"u8.ToArray()),
        ["nothing compressed"] = () => "nothing compressed"u8.ToArray(),
        ["no bytes"] = () => [],
    };

    public static TheoryData<string> Forms => [.. s_forms.Keys];

    [NodeFact]
    public async Task What_another_caller_was_given_is_not_served_from_a_row_into_which_it_was_copied()
    {
        Rig.Api.ServeByToken(token =>
            $$"""{"paramName":"{{(token == Given.Token ? "mine" : "anothers")}}","type":"TextFieldRest"}"""
        );
        await Rig.CallsOfListAsync(Rig.First, Given.Token);
        var mine = Assert.Single(await Rig.FormRowsAsync());
        await Rig.CallsOfListAsync(Rig.First, Given.OtherToken);
        var others = Assert.Single(await Rig.FormRowsAsync(), row => row.RowKey != mine.RowKey);

        await Rig.Store.UpsertAsync("schemas", mine with { Values = others.Values }, CancellationToken.None);
        await AssertFetchedAgainAsync();
        Assert.Contains("\"mine\"", (await Rig.Second.Rpc.ListAsync(Given.Token)).Body, StringComparison.Ordinal);
    }

    [NodeTheory]
    [MemberData(nameof(Forms))]
    public async Task What_its_own_caller_has_sealed_and_is_no_form_is_fetched_again(string form)
    {
        await Rig.CallsOfListAsync(Rig.First);
        await SealAsync(s_forms[form](), Rig.Clock.GetUtcNow().AddMinutes(2));
        await AssertFetchedAgainAsync();
    }

    [NodeFact]
    public async Task Parts_beyond_what_a_row_can_hold_are_not_put_together()
    {
        await Rig.CallsOfListAsync(Rig.First);
        var row = Assert.Single(await Rig.FormRowsAsync());
        var values = row.Values.ToDictionary();
        for (var part = 0; part < 40; part++)
        {
            values[$"Part{part:00}"] = new byte[10_000];
        }

        Assert.Empty(BinaryParts.Read(values));
        values.Remove("Part15");
        Assert.Equal(150_000, BinaryParts.Read(values).Length);
        values["Part03"] = new byte[65_537];
        Assert.Empty(BinaryParts.Read(values));
    }

    [NodeFact]
    public async Task An_end_beyond_a_forms_life_is_cut_to_it_once_and_for_all()
    {
        await Rig.CallsOfListAsync(Rig.First);
        var row = Assert.Single(await Rig.FormRowsAsync());
        await SealAsync(BinaryParts.Read(row.Values), Rig.Clock.GetUtcNow().AddMinutes(15));

        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
        Assert.InRange(await TableRig.TtlAsync(Rig.Second), 1, 300_000);
        await TableRig.DrainAsync(Rig.Second);
        for (var minute = 0; minute < 4; minute++)
        {
            Rig.Advance(61);
            Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
        }

        Rig.Advance(61);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        Assert.Empty(TableRig.Warnings(Rig.Second));
    }

    [NodeFact]
    public async Task A_row_without_a_seal_as_an_older_version_wrote_it_is_fetched_once_more()
    {
        await Rig.CallsOfListAsync(Rig.First);
        var row = Assert.Single(await Rig.FormRowsAsync());
        var values = row.Values.ToDictionary();
        values.Remove("Seal");
        values["Format"] = 2;
        await Rig.Store.UpsertAsync("schemas", row with { Values = values }, CancellationToken.None);

        await AssertFetchedAgainAsync();
        Assert.Equal(0, await Rig.CallsOfListAsync(await Rig.AddAsync()));
    }

    private static byte[] Form(string fields) => Encoding.UTF8.GetBytes($$"""{"Properties":[{{fields}}],"Note":"","Fixed":[]}""");

    private static string Field(string member) =>
        """{"Key":"a","OriginalKey":"a","Kind":1,"Required":false,"Description":"","Options":[]"""
        + ""","ListsOptions":false,"Path":["a"],"""
        + $"{member}}}";

    private static byte[] Pack(byte[] json)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(json);
        }

        return buffer.ToArray();
    }

    /// <summary>The form API is asked, and the row is left out with one warning, without a pause.</summary>
    private async Task AssertFetchedAgainAsync()
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        Assert.Equal([Unreadable], TableRig.Warnings(Rig.Second));
        Assert.False(TableRig.IsPaused(Rig.Second));
    }

    /// <summary>Puts this in the place of the only row, sealed by its caller.</summary>
    private async Task SealAsync(byte[] form, DateTimeOffset end)
    {
        var key = new SchemaRowKey(Assert.Single(await Rig.FormRowsAsync()).RowKey);
        var row = SchemaRow.Write(key, form, end, Caller.FromToken(Given.Token, "groups"));
        await Rig.Store.UpsertAsync("schemas", row, CancellationToken.None);
    }
}
