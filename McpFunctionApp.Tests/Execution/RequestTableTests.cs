using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Callers;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

/// <summary>With a table and without an API to submit to, an accepted call is a row.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RequestTableTests(AzuriteServer azurite)
{
    [NodeFact]
    public async Task An_accepted_call_is_a_pending_row_of_its_day()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        var answer = await app.CallAsync();

        Assert.False(answer.IsError);
        var row = Assert.Single(await app.RowsAsync());
        Assert.Equal((string?)answer.Result["structuredContent"]!["id"], row.RowKey);
        Assert.Equal("create_request", row.Values["Tool"]);
        Assert.Equal("pending", row.Values["Status"]);
        Assert.Equal(app.Clock.GetUtcNow(), row.Values["At"]);
        Assert.Equal(Caller.FromToken(Given.Token, "groups").Fingerprint, row.Values["Caller"]);
        Assert.Equal(Given.Call, Encoding.UTF8.GetString(BinaryParts.Read(row.Values)));
        Assert.Empty(app.Api.Submissions);
    }

    [NodeFact]
    public async Task The_answer_has_id_timestamp_status_and_data_and_no_note()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        var answer = await app.CallAsync();

        var content = answer.Result["structuredContent"]!;
        Assert.Equal(["id", "timestamp", "status", "data"], content.AsObject().Select(member => member.Key));
        Assert.Equal(app.Clock.GetUtcNow(), DateTimeOffset.Parse((string)content["timestamp"]!, CultureInfo.InvariantCulture));
        Assert.EndsWith("Z", (string?)content["timestamp"], StringComparison.Ordinal);
        Assert.Equal("pending", (string?)content["status"]);
        Assert.Equal(Given.Call, content["data"]!.ToJsonString());
        Assert.Equal(content.ToJsonString(), JsonNode.Parse(answer.Text)!.ToJsonString());
    }

    [NodeFact]
    public async Task The_day_is_the_one_in_UTC()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        var before = app.Today;
        app.Clock.Advance(new TimeSpan(11, 59, 59));
        await app.CallAsync();
        Assert.Single(await app.RowsAsync(before));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.CallAsync();
        Assert.NotEqual(before, app.Today);
        Assert.Single(await app.RowsAsync(before));
        Assert.Single(await app.RowsAsync());
    }

    [NodeFact]
    public async Task Equal_calls_are_rows_of_their_own()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.CallAsync()));
        Assert.Equal(20, (await app.RowsAsync()).Count);
    }

    [NodeFact]
    public async Task A_call_that_is_not_valid_or_has_no_caller_is_no_row()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        await app.CallAsync("""{"priority":"critical"}""");
        await app.App.Rpc.CallAsync("create_request", Given.Call);
        await app.App.Rpc.CallAsync("add", """{"a":1,"b":2}""", Given.Token);
        Assert.Empty(await app.RowsAsync());
    }

    [NodeFact]
    public async Task A_form_with_a_SubmitUrl_is_submitted_and_no_row()
    {
        await using var submitting = await FakeFormApi.StartAsync();
        await using var app = await RecordingApp.StartAsync(
            azurite.ConnectionString,
            new() { ["Forms:0:SubmitUrl"] = submitting.SubmitUrl }
        );
        Assert.False((await app.CallAsync()).IsError);
        Assert.Single(submitting.Submissions);
        Assert.Empty(await app.RowsAsync());
    }

    [NodeFact]
    public async Task Unicode_and_values_longer_than_a_property_survive()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        var text = string.Concat(Enumerable.Repeat("größe 漢字 🖨️ \"\\'\u2028 ", 6_000));
        var arguments = new JsonObject { ["subject"] = text }.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        Assert.InRange(Encoding.UTF8.GetByteCount(arguments), 3 * 65_536, 262_144);

        var answer = await app.CallAsync(arguments);
        Assert.False(answer.IsError);
        Assert.Equal(text, (string?)answer.Result["structuredContent"]!["data"]!["subject"]);
        var row = Assert.Single(await app.RowsAsync());
        Assert.Equal(text, (string?)JsonNode.Parse(BinaryParts.Read(row.Values))!["subject"]);
    }

    [NodeFact]
    public async Task A_request_of_256_KiB_is_recorded_and_a_larger_one_is_refused()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        var largest = new string('x', 262_144 - """{"subject":""}""".Length);
        Assert.False((await app.CallAsync($$"""{"subject":"{{largest}}"}""")).IsError);
        Assert.Single(await app.RowsAsync());

        var answer = await app.CallAsync($$"""{"subject":"{{largest}}x"}""");
        Assert.Equal("submission_failed", answer.ErrorCode);
        Assert.Null(answer.Result["structuredContent"]);
        Assert.Contains("256 KiB", answer.Text, StringComparison.Ordinal);
        Assert.Single(await app.RowsAsync());
    }

    [NodeFact]
    public async Task White_space_and_escapes_of_the_client_are_not_recorded()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        var body = (
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_request","arguments":"""
            + """{"subject":"gr\u00f6\u00dfe"}}}"""
        ).Replace("\"arguments\":{", "\"arguments\":{\r\n\t", StringComparison.Ordinal);
        Assert.False((await app.App.Rpc.PostAsync(body, Given.Token)).IsError);
        Assert.Equal(
            """{"subject":"größe"}""",
            Encoding.UTF8.GetString(BinaryParts.Read(Assert.Single(await app.RowsAsync()).Values))
        );
    }
}
