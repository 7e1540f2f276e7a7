using System.IO.Compression;
using System.Text;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>What is and what is not in the tables, read as an intruder would.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableContentTests(AzuriteServer azurite) : TableTests(azurite)
{
    [NodeFact]
    public async Task No_row_of_any_table_holds_a_part_of_a_token()
    {
        string[] tokens =
        [
            Given.Token,
            Given.OtherToken,
            Given.Jwt(Rig.Clock.GetUtcNow().AddHours(1), ",\"iss\":\"https://issuer.example\",\"groups\":[\"staff\"]"),
        ];
        var recording = await Rig.AddAsync(("Forms:0:SubmitUrl", null));
        foreach (var token in tokens)
        {
            await Rig.CallsOfListAsync(Rig.First, token);
            Assert.False((await recording.Rpc.CallAsync("create_request", Given.Call, token)).IsError);
        }

        Assert.Equal(System.Net.HttpStatusCode.OK, await TableRig.InvalidateAsync(Rig.First));
        await Rig.CallsOfListAsync(Rig.First, tokens[0]);
        var (forms, requests) = (await Rig.RowsAsync("schemas"), await Rig.RowsAsync("requests"));
        Assert.Equal((5, 3), (forms.Count, requests.Count));

        var texts = forms.Concat(requests).SelectMany(Texts).ToList();
        Assert.Contains(texts, text => text.Contains("\"subject\"", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("Printer is on fire", StringComparison.Ordinal));
        TokenLeaks.AssertNone(texts, tokens);
    }

    [NodeFact]
    public async Task A_form_that_repeats_its_callers_token_is_not_stored()
    {
        Rig.Api.ServeFields($$"""{"paramName":"a","type":"TextFieldRest","description":"for {{Given.Token}}"}""");
        Assert.Equal("malformed", (await Rig.First.Rpc.ListAsync(Given.Token)).FallbackReason);
        await TableRig.DrainAsync(Rig.First);
        Assert.Empty(await Rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task Fields_that_the_caller_may_not_use_are_not_stored()
    {
        Rig.Api.ServeFields(
            $$"""{{Given.Fields}},{"name":"A hidden secret","paramName":"hidden_secret","hidden":true},{"name":"For """
                + $$"""groups","paramName":"of_others","groupIds":[7]}"""
        );
        await Rig.CallsOfListAsync(Rig.First, Given.Jwt(Rig.Clock.GetUtcNow().AddHours(1), ",\"groups\":[\"8\"]"));
        var texts = Assert.Single(await Rig.FormRowsAsync()) is var row ? Texts(row).ToList() : [];
        Assert.Contains(texts, text => text.Contains("\"subject\"", StringComparison.Ordinal));
        Assert.DoesNotContain(
            texts,
            text => text.Contains("secret", StringComparison.Ordinal) || text.Contains("of_others", StringComparison.Ordinal)
        );
    }

    [NodeFact]
    public async Task Purge_removes_rows_past_their_life_and_nothing_else()
    {
        await Rig.CallsOfListAsync(Rig.First, Given.Token);
        Rig.Advance(100);
        await Rig.CallsOfListAsync(Rig.First, Given.OtherToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, await TableRig.InvalidateAsync(Rig.First));
        await Rig.CallsOfListAsync(Rig.First, Given.OtherToken);
        Assert.Equal(3, (await Rig.FormRowsAsync()).Count);

        Rig.Advance(199.9);
        await TableRig.PurgeAsync(Rig.Second);
        Assert.Equal(3, (await Rig.FormRowsAsync()).Count);
        Rig.Advance(0.2);
        await TableRig.PurgeAsync(Rig.Second);
        Assert.Equal(2, (await Rig.FormRowsAsync()).Count);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second, Given.OtherToken));

        // The rows of the older generation go with their life; the generation itself stays.
        Rig.Advance(100);
        await TableRig.PurgeAsync(Rig.Second);
        Assert.Equal("generation", Assert.Single(await Rig.RowsAsync("schemas")).PartitionKey);
        Assert.Contains("Purged 2 cached forms", Rig.Second.Log.Of(6010).Last().Text, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Purge_of_tables_that_are_not_there_and_of_a_service_in_trouble_does_no_harm()
    {
        Rig.Proxy.Fail(FakeTableService.Reset);
        await TableRig.PurgeAsync(Rig.First);
        Assert.Equal([6011], TableRig.Warnings(Rig.First));
        Rig.Proxy.Heal();
        await Rig.DeleteTableAsync("schemas");
        await Rig.DeleteTableAsync("requests");
        await TableRig.PurgeAsync(Rig.First);
        Assert.Equal([6011], TableRig.Warnings(Rig.First));
    }

    [NodeFact]
    public async Task Memory_stays_within_its_limit_whatever_is_listed()
    {
        var app = await Rig.AddAsync(("Schemas:MemoryMegabytes", "1"));
        Rig.Api.ServeByToken(token =>
            $$"""{"paramName":"a","type":"DropDownFieldRest","options":["""
            + $$"""{{string.Join(',', Enumerable.Range(0, 190).Select(i => $"\"An option of {token} {i}\""))}}]}"""
        );
        for (var i = 0; i < 60; i++)
        {
            Assert.Contains("create_request", (await app.Rpc.ListAsync($"token-of-caller-{i:00}")).ToolNames);
            var report = await TableRig.ReportAsync(app);
            Assert.Equal(1_048_576, report.GetProperty("maxBytes").GetInt64());
            Assert.InRange(report.GetProperty("bytes").GetInt64(), 1, 1_048_576);
            Assert.InRange(report.GetProperty("entries").GetInt64(), 1, i + 1);
        }

        Assert.InRange((await TableRig.ReportAsync(app)).GetProperty("entries").GetInt64(), 1, 55);
        await TableRig.DrainAsync(app);
        Assert.Equal(60, (await Rig.FormRowsAsync()).Count);
    }

    /// <summary>Everything a row says: keys, names, texts, and bytes as they are and decompressed.</summary>
    private static IEnumerable<string> Texts(TableRow row)
    {
        yield return row.PartitionKey;
        yield return row.RowKey;
        foreach (var (name, value) in row.Values)
        {
            yield return name;
            yield return value is byte[] bytes
                ? Encoding.Latin1.GetString(bytes)
                : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
        }

        var all = BinaryParts.Read(row.Values);
        if (row.Values.ContainsKey("Format"))
        {
            using var plain = new MemoryStream();
            using var brotli = new BrotliStream(new MemoryStream(all), CompressionMode.Decompress);
            brotli.CopyTo(plain);
            yield return Encoding.UTF8.GetString(plain.ToArray());
        }
    }
}
