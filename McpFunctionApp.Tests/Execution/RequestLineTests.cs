using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Execution;
using McpFunctionApp.FormApi;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Arguments;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpFunctionApp.Tests.Execution;

/// <summary>A recorded request is read out as one line of JSON, whatever it looked like when it came.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RequestLineTests(AzuriteServer azurite)
{
    private static readonly FormOptions s_form = new(
        "create_request",
        "",
        "",
        new Uri("http://localhost/form"),
        null,
        TimeSpan.FromSeconds(10)
    );

    private readonly ManualClock _clock = new();

    private TableStore Store => OpenedStore.Of(azurite.ConnectionString);

    private RequestTable Requests => new(Store, new ExecutionOptions(90), _clock, NullLogger<RequestTable>.Instance);

    [NodeFact]
    public async Task Line_breaks_between_the_values_are_left_out()
    {
        _clock.Advance(TimeSpan.FromDays(-2_001));
        var arguments = JsonElement.Parse("{\n  \"subject\": \"Printer\\nis on fire\",\r\n  \"amount\": 1.50\n}");
        await Requests.HandleAsync(Call(arguments), default);
        var line = Assert.Single(await LinesAsync());
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\r', line);
        Assert.EndsWith(
            """
            "data":{"subject":"Printer\nis on fire","amount":1.50}}
            """,
            line,
            StringComparison.Ordinal
        );
    }

    [NodeFact]
    public async Task A_damaged_row_does_not_hide_the_others()
    {
        _clock.Advance(TimeSpan.FromDays(-2_002));
        await Requests.HandleAsync(Call(JsonElement.Parse("{}")), default);
        var values = new Dictionary<string, object> { ["Tool"] = "create_request" };
        BinaryParts.Write(values, "{ no json"u8);
        await Store.UpsertAsync(RequestTable.Table, new TableRow($"{_clock.GetUtcNow():yyyy-MM-dd}", "damaged", values), default);
        var lines = await LinesAsync();
        Assert.Equal(2, lines.Count);
        Assert.Contains(
            lines,
            line =>
                line.Contains("\"damaged\"", StringComparison.Ordinal)
                && line.EndsWith("\"data\":null}", StringComparison.Ordinal)
        );
    }

    private static FormCall Call(JsonElement arguments) =>
        new(s_form, Caller.FromToken(Given.Token, "groups"), ReadArguments.Filled(arguments));

    private async Task<List<string>> LinesAsync()
    {
        var lines = new List<string>();
        await foreach (var line in Requests.ReadAsync(DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime), default))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }
}
