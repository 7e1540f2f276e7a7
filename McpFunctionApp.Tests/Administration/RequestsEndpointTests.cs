using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using McpFunctionApp.Execution;
using McpFunctionApp.Tests.Execution;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Administration;

/// <summary>GET /requests gives a day's recorded requests as JSON lines to whoever has the key.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RequestsEndpointTests(AzuriteServer azurite)
{
    private const string Key = "the-admin-key-of-these-tests";

    private static readonly Dictionary<string, string?> s_settings = new() { ["Admin:Key"] = Key };

    [NodeFact]
    public async Task A_line_says_what_was_asked_for_by_whom_and_when()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString, s_settings);
        var token = Given.Jwt("""{"sub":"sam","iss":"https://login.example"}""");
        var receipt = (await app.CallAsync(token: token)).Result["structuredContent"]!;
        var (status, type, lines) = await ReadAsync(app, $"?date={app.Today}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("application/x-ndjson", type);
        var line = Assert.Single(lines);
        Assert.Equal(
            ["id", "tool", "status", "caller", "subject", "issuer", "timestamp", "data"],
            line.AsObject().Select(member => member.Key)
        );
        Assert.Equal((string?)receipt["id"], (string?)line["id"]);
        Assert.Equal("create_request", (string?)line["tool"]);
        Assert.Equal("pending", (string?)line["status"]);
        Assert.Equal(McpFunctionApp.Callers.Caller.FromToken(token, "groups").Fingerprint, (string?)line["caller"]);
        Assert.Equal("sam", (string?)line["subject"]);
        Assert.Equal("https://login.example", (string?)line["issuer"]);
        Assert.Equal((string?)receipt["timestamp"], (string?)line["timestamp"]);
        Assert.Equal(Given.Call, line["data"]!.ToJsonString());
    }

    [NodeFact]
    public async Task Lines_are_in_order_oldest_first_and_only_those_of_the_day()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString, s_settings);
        await app.CallAsync("""{"subject":"the day before"}""");
        app.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var i in Enumerable.Range(0, 5))
        {
            await app.CallAsync($$"""{"subject":"{{i}}"}""");
            app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var today = app.Today;
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.CallAsync("""{"subject":"the day after"}""");
        Assert.Equal(["0", "1", "2", "3", "4"], Subjects((await ReadAsync(app, $"?date={today}")).Lines));
        Assert.Equal(["the day after"], Subjects((await ReadAsync(app, "")).Lines));
        Assert.Equal(["the day after"], Subjects((await ReadAsync(app, "?date=")).Lines));
        Assert.Empty((await ReadAsync(app, "?date=2001-02-03")).Lines);
    }

    [NodeFact]
    public async Task A_request_stays_on_one_line_however_its_client_wrote_it()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString, s_settings);
        const string Body =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"create_request\","
            + "\"arguments\":{\n  \"subject\":\n  \"line 1\\nline 2\"\n}}}";
        Assert.False((await app.App.Rpc.PostAsync(Body, Given.Token)).IsError);
        Assert.Equal(["line 1\nline 2"], Subjects((await ReadAsync(app, "")).Lines));
    }

    [NodeFact(IsSlow = true)]
    public async Task More_than_one_page_of_rows_comes_whole()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString, s_settings);
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient(RequestTable.Table);
        await table.CreateIfNotExistsAsync();
        foreach (var hundred in Enumerable.Range(0, 1_005).Chunk(100))
        {
            await table.SubmitTransactionAsync(
                hundred.Select(i => new TableTransactionAction(
                    TableTransactionActionType.Add,
                    new TableEntity(app.Today, $"{i:0000}") { ["Status"] = "pending" }
                ))
            );
        }

        Assert.Equal(
            Enumerable.Range(0, 1_005).Select(i => $"{i:0000}"),
            (await ReadAsync(app, "")).Lines.Select(line => (string)line["id"]!)
        );
    }

    [NodeTheory]
    [InlineData("2026-7-1")]
    [InlineData("2026-02-30")]
    [InlineData("28.07.2026")]
    [InlineData("2026-07-28T00:00:00Z")]
    [InlineData("2026-07-28' or PartitionKey gt '")]
    [InlineData("today")]
    public async Task What_is_no_day_is_400_and_says_how_to_write_one(string date)
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString, s_settings);
        var (status, type, lines) = await ReadAsync(app, $"?date={Uri.EscapeDataString(date)}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("application/json", type);
        Assert.Contains("?date=2026-07-28", (string?)Assert.Single(lines)["error"], StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Two_days_are_400()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString, s_settings);
        Assert.Equal(HttpStatusCode.BadRequest, (await ReadAsync(app, "?date=2026-07-28&date=2026-07-29")).Status);
    }

    internal static async Task<(HttpStatusCode Status, string? Type, IReadOnlyList<JsonNode> Lines)> ReadAsync(
        RecordingApp app,
        string query,
        string key = Key
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/requests{query}");
        request.Headers.Add("x-functions-key", key);
        using var response = await app.App.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)]
        );
    }

    private static IEnumerable<string?> Subjects(IEnumerable<JsonNode> lines) =>
        lines.Select(line => (string?)line["data"]!["subject"]);
}
