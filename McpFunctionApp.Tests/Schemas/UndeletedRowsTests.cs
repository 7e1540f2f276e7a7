using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>A refused token's form stays gone, also where the table could not be told to forget it.</summary>
public sealed class UndeletedRowsTests
{
    [Fact]
    public async Task A_refused_tokens_form_does_not_come_back_from_a_table_that_was_in_trouble()
    {
        var clock = new ManualClock();
        var store = new GatedStore();
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await TestApp.StartAsync(api, clock, new() { ["Forms:0:SubmitUrl"] = api.SubmitUrl }, services => services
            .AddSingleton<ITableStore>(store).AddSingleton<TableWrites>().AddSingleton<SchemaTable>());
        var writes = app.Services.GetRequiredService<TableWrites>();
        await app.Rpc.ListAsync(Given.Token);
        await writes.DrainAsync(default);

        store.AfterGet = _ => throw new TableStoreException("down", null, null, true);
        await app.Rpc.ListAsync(Given.OtherToken);
        store.AfterGet = _ => Task.CompletedTask;
        api.OnSubmit = FormApiAnswers.Status(401);
        await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);

        api.OnForm = FormApiAnswers.Status(401);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("rejected", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
    }

    [Fact]
    public async Task A_row_that_is_written_anew_counts_again()
    {
        var clock = new ManualClock();
        var store = new GatedStore();
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await TestApp.StartAsync(api, clock, services: services => services
            .AddSingleton<ITableStore>(store).AddSingleton<TableWrites>().AddSingleton<SchemaTable>());
        var writes = app.Services.GetRequiredService<TableWrites>();
        store.AfterGet = _ => throw new TableStoreException("down", null, null, true);
        await app.Rpc.ListAsync(Given.Token);
        store.AfterGet = _ => Task.CompletedTask;
        using var drop = new HttpRequestMessage(HttpMethod.Delete, "/cache/me") { Headers = { { "Authorization", $"Bearer {Given.Token}" } } };
        using var answer = await app.Http.SendAsync(drop);
        Assert.Equal(503, (int)answer.StatusCode);

        clock.Advance(TimeSpan.FromSeconds(11));
        await app.Rpc.ListAsync(Given.Token);
        await writes.DrainAsync(default);
        clock.Advance(TimeSpan.FromSeconds(61));
        await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(2, api.FormCalls.Count);
    }
}
