using System.IO.Compression;
using System.Text;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>What is and what is not in the tables, read as an intruder would.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableContentTests(AzuriteServer azurite) : IAsyncLifetime
{
    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task No_row_of_any_table_holds_a_part_of_a_token()
    {
        string[] tokens =
        [
            Given.Token,
            Given.OtherToken,
            Given.Jwt(_rig.Clock.GetUtcNow().AddHours(1), ",\"iss\":\"https://issuer.example\",\"groups\":[\"staff\"]"),
        ];
        var recording = await _rig.AddAsync(("Forms:0:SubmitUrl", null));
        foreach (var token in tokens)
        {
            await _rig.CallsOfListAsync(_rig.First, token);
            Assert.False((await recording.Rpc.CallAsync("create_request", Given.Call, token)).IsError);
        }

        Assert.Equal(System.Net.HttpStatusCode.OK, await TableRig.InvalidateAsync(_rig.First));
        await _rig.CallsOfListAsync(_rig.First, tokens[0]);
        var (forms, requests) = (await _rig.RowsAsync("schemas"), await _rig.RowsAsync("requests"));
        Assert.Equal((5, 3), (forms.Count, requests.Count));

        var texts = forms.Concat(requests).SelectMany(Texts).ToList();
        Assert.Contains(texts, text => text.Contains("\"subject\"", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("Printer is on fire", StringComparison.Ordinal));
        TokenLeaks.AssertNone(texts, tokens);
    }

    [NodeFact]
    public async Task A_form_that_repeats_its_callers_token_is_not_stored()
    {
        _rig.Api.ServeFields($$"""{"paramName":"a","type":"TextFieldRest","description":"for {{Given.Token}}"}""");
        Assert.Equal("malformed", (await _rig.First.Rpc.ListAsync(Given.Token)).FallbackReason);
        await TableRig.DrainAsync(_rig.First);
        Assert.Empty(await _rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task Fields_that_the_caller_may_not_use_are_not_stored()
    {
        _rig.Api.ServeFields(
            $$"""{{Given.Fields}},{"name":"A hidden secret","paramName":"hidden_secret","hidden":true},{"name":"For """
                + $$"""groups","paramName":"of_others","groupIds":[7]}"""
        );
        await _rig.CallsOfListAsync(_rig.First, Given.Jwt(_rig.Clock.GetUtcNow().AddHours(1), ",\"groups\":[\"8\"]"));
        var texts = Assert.Single(await _rig.FormRowsAsync()) is var row ? Texts(row).ToList() : [];
        Assert.Contains(texts, text => text.Contains("\"subject\"", StringComparison.Ordinal));
        Assert.DoesNotContain(
            texts,
            text => text.Contains("secret", StringComparison.Ordinal) || text.Contains("of_others", StringComparison.Ordinal)
        );
    }

    [NodeFact]
    public async Task Purge_removes_rows_past_their_life_and_nothing_else()
    {
        await _rig.CallsOfListAsync(_rig.First, Given.Token);
        _rig.Advance(100);
        await _rig.CallsOfListAsync(_rig.First, Given.OtherToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, await TableRig.InvalidateAsync(_rig.First));
        await _rig.CallsOfListAsync(_rig.First, Given.OtherToken);
        Assert.Equal(3, (await _rig.FormRowsAsync()).Count);

        _rig.Advance(199.9);
        await TableRig.PurgeAsync(_rig.Second);
        Assert.Equal(3, (await _rig.FormRowsAsync()).Count);
        _rig.Advance(0.2);
        await TableRig.PurgeAsync(_rig.Second);
        Assert.Equal(2, (await _rig.FormRowsAsync()).Count);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second, Given.OtherToken));

        // The rows of the older generation go with their life; the generation itself stays.
        _rig.Advance(100);
        await TableRig.PurgeAsync(_rig.Second);
        Assert.Equal("generation", Assert.Single(await _rig.RowsAsync("schemas")).PartitionKey);
        Assert.Contains("Purged 2 cached forms", _rig.Second.Log.Of(6010).Last().Text, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Purge_of_tables_that_are_not_there_and_of_a_service_in_trouble_does_no_harm()
    {
        _rig.Proxy.Fail(FakeTableService.Reset);
        await TableRig.PurgeAsync(_rig.First);
        Assert.Equal([6011], TableRig.Warnings(_rig.First));
        _rig.Proxy.Heal();
        await _rig.DeleteTableAsync("schemas");
        await _rig.DeleteTableAsync("requests");
        await TableRig.PurgeAsync(_rig.First);
        Assert.Equal([6011], TableRig.Warnings(_rig.First));
    }

    [NodeFact]
    public async Task Memory_stays_within_its_limit_whatever_is_listed()
    {
        var app = await _rig.AddAsync(("Schemas:MemoryMegabytes", "1"));
        _rig.Api.ServeByToken(token =>
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
        Assert.Equal(60, (await _rig.FormRowsAsync()).Count);
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
