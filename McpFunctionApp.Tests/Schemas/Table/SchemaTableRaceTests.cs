using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Schemas;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>What happens to the table at the same time, and in an unfortunate order.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class SchemaTableRaceTests(AzuriteServer azurite) : TableTests(azurite)
{
    private static readonly FormOptions s_form = new(
        "create_request",
        "",
        "",
        new Uri("http://localhost/form"),
        null,
        TimeSpan.FromSeconds(10)
    );

    private static readonly FormSchema s_schema = new([], "");

    private SchemaTable _table = null!;

    protected override Task PrepareAsync()
    {
        _table = Rig.First.Services.GetRequiredService<SchemaTable>();
        return Task.CompletedTask;
    }

    [NodeFact]
    public async Task A_generation_that_was_being_read_does_not_undo_an_invalidation()
    {
        var (underWay, read) = HoldAnswers(context => context.Request.Method == "GET" && TableProxy.IsGeneration(context));
        var before = FindAsync("first");
        await underWay.Task;
        var invalidation = _table.BeginGenerationAsync(default);
        await Task.WhenAny(invalidation, Task.Delay(100));
        read.SetResult();
        await before;
        Assert.Equal(await invalidation, (await FindAsync("second"))!.Generation);
    }

    [NodeFact]
    public async Task Equal_rows_of_two_callers_are_read_as_one_form()
    {
        var generation = (await FindAsync("first"))!.Generation;
        foreach (var name in (string[])["first", "second"])
        {
            Keep(name, generation);
        }

        await TableRig.DrainAsync(Rig.First);
        var read = (await FindAsync("first"))!.Schema;
        Assert.NotNull(read);
        Assert.Same(read, (await FindAsync("second"))!.Schema);
    }

    [NodeFact]
    public async Task Many_who_need_the_generation_at_once_read_it_once()
    {
        var (underWay, read) = HoldAnswers(TableProxy.IsGeneration);
        var looks = Enumerable.Range(0, 20).Select(n => FindAsync($"caller {n}")).ToList();
        await underWay.Task;
        read.SetResult();
        Assert.All(await Task.WhenAll(looks), Assert.NotNull);
        Assert.Equal(1 + 20, Rig.Proxy.Requests.Count);
    }

    [NodeFact]
    public async Task Writes_that_waited_leave_the_table_alone_once_it_is_in_trouble()
    {
        var trouble = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Rig.Proxy.Fail(async context =>
        {
            await trouble.Task;
            await FakeTableService.Status(403)(context);
        });
        for (var n = 0; n < 100; n++)
        {
            Keep($"caller {n}");
        }

        await Eventually.TrueAsync(() => Rig.Proxy.Requests.Count == 16, "as many writes as may be are under way");
        trouble.SetResult();
        await TableRig.DrainAsync(Rig.First);
        Assert.Equal(16, Rig.Proxy.Requests.Count);
        Assert.True(_table.IsPaused);
    }

    [NodeFact]
    public async Task A_drop_waits_no_longer_than_its_limit_for_writes_before_it_and_is_done_all_the_same()
    {
        await FindAsync("one");
        var (underWay, slow) = HoldAnswers(context => context.Request.Method == "PUT");
        Keep("one");
        await underWay.Task;
        Rig.Clock.Haste = 5;
        var drop = _table.DropAsync([s_form], Of("one"), default);
        Assert.Same(drop, await Task.WhenAny(drop, Task.Delay(TimeSpan.FromSeconds(15))));
        Assert.False(await drop);
        slow.SetResult();
        await TableRig.DrainAsync(Rig.First);
        await Eventually.TrueAsync(async () => (await Rig.FormRowsAsync()).Count == 0, "the row is deleted");
    }

    private static Caller Of(string name) => Caller.FromToken(name, "groups");

    /// <summary>Azurite's answers to these requests reach the app once the second is set; the first says that one has
    /// come.</summary>
    private (TaskCompletionSource UnderWay, TaskCompletionSource Until) HoldAnswers(Func<HttpContext, bool> which)
    {
        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var until = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Rig.Proxy.After = async context =>
        {
            if (which(context))
            {
                underWay.TrySetResult();
                await until.Task;
            }
        };
        return (underWay, until);
    }

    private Task<TableLook?> FindAsync(string caller) => _table.FindAsync(s_form, Of(caller), default);

    private void Keep(string caller, string generation = "0") =>
        _table.Keep(generation, s_form, Of(caller), s_schema, Rig.Clock.GetUtcNow().AddMinutes(5));
}
