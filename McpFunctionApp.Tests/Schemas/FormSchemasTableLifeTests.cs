using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>How long memory answers without asking the table, so that an invalidation elsewhere arrives in time.</summary>
public sealed class FormSchemasTableLifeTests
{
    [Fact]
    public async Task Memory_answers_for_its_life_from_the_question_on_and_not_from_a_slow_answer()
    {
        var clock = new ManualClock();
        var store = new GatedStore();
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = context =>
        {
            clock.Advance(TimeSpan.FromSeconds(8));
            return FakeFormApi.Json(context, Given.Form);
        };
        await using var app = await TestApp.StartAsync(api, clock, services: services => services
            .AddSingleton<ITableStore>(store).AddSingleton<TableWrites>().AddSingleton<SchemaTable>());
        await app.Rpc.ListAsync(Given.Token);
        await app.Services.GetRequiredService<TableWrites>().DrainAsync(default);
        var asked = store.Gets;

        clock.Advance(TimeSpan.FromSeconds(51));
        await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(asked, store.Gets);

        clock.Advance(TimeSpan.FromSeconds(1));
        await app.Rpc.ListAsync(Given.Token);
        Assert.NotEqual(asked, store.Gets);
        Assert.Single(api.FormCalls);
    }
}
