using McpFunctionApp.Callers;
using McpFunctionApp.Forms;
using McpFunctionApp.Schemas;
using McpFunctionApp.Settings;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>What happens to the table at the same time, and in an unfortunate order.</summary>
public sealed class SchemaTableRaceTests : IDisposable
{
    private static readonly SettingsReader s_settings = new(new ConfigurationBuilder().Build());
    private static readonly FormOptions s_form = new("create_request", "", "", new Uri("http://localhost/form"), null, TimeSpan.FromSeconds(10));
    private static readonly FormSchema s_schema = new([], JsonSchemaWriter.Write([]), "");

    private readonly GatedStore _store = new();
    private readonly TableWrites _writes = new();
    private readonly SharedForms _forms = new(SchemaOptions.Read(s_settings), TimeProvider.System);
    private readonly SchemaTable _table;

    public SchemaTableRaceTests() => _table = new SchemaTable(
        _store, _forms, SchemaOptions.Read(s_settings), CallerOptions.Read(s_settings), _writes, TimeProvider.System, NullLogger<SchemaTable>.Instance);

    [Fact]
    public async Task A_generation_that_was_being_read_does_not_undo_an_invalidation()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var underWay = new TaskCompletionSource();
        _store.AfterGet = key => HoldAsync(key == "generation", underWay, read.Task);
        var before = FindAsync("first");
        await underWay.Task;
        var invalidation = _table.BeginGenerationAsync(default);
        await Task.WhenAny(invalidation, Task.Delay(100));
        read.SetResult();
        await before;
        Assert.Equal(await invalidation, (await FindAsync("second"))!.Generation);
    }

    [Fact]
    public async Task Equal_rows_of_two_callers_are_read_as_one_form()
    {
        var generation = (await FindAsync("first"))!.Generation;
        foreach (var name in (string[])["first", "second"])
        {
            _table.Keep(generation, s_form, Of(name), s_schema, DateTimeOffset.UtcNow.AddMinutes(5));
        }

        await _writes.DrainAsync(default);
        var read = (await FindAsync("first"))!.Schema;
        Assert.NotNull(read);
        Assert.Same(read, (await FindAsync("second"))!.Schema);
    }

    [Fact]
    public async Task Many_who_need_the_generation_at_once_read_it_once()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var underWay = new TaskCompletionSource();
        _store.AfterGet = key => HoldAsync(key == "generation", underWay, read.Task);
        var looks = Enumerable.Range(0, 20).Select(n => FindAsync($"caller {n}")).ToList();
        await underWay.Task;
        read.SetResult();
        Assert.All(await Task.WhenAll(looks), Assert.NotNull);
        Assert.Equal(1 + 20, _store.Gets);
    }

    [Fact]
    public async Task Writes_that_waited_leave_the_table_alone_once_it_is_in_trouble()
    {
        var trouble = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.BeforeUpsert = async (_, _) =>
        {
            await trouble.Task;
            throw new TableStoreException("down", null, null, true);
        };
        for (var n = 0; n < 100; n++)
        {
            Keep($"caller {n}");
        }

        await Eventually.TrueAsync(() => _store.Upserts == 16, "as many writes as may be are under way");
        trouble.SetResult();
        await _writes.DrainAsync(default);
        Assert.Equal(16, _store.Upserts);
        Assert.True(_table.IsPaused);
    }

    [Fact]
    public async Task A_drop_waits_no_longer_than_its_limit_for_writes_before_it_and_is_done_all_the_same()
    {
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await FindAsync("one");
        _store.BeforeUpsert = (_, _) => slow.Task;
        Keep("one");
        var drop = _table.DropAsync([s_form], Of("one"), default);
        Assert.Same(drop, await Task.WhenAny(drop, Task.Delay(TimeSpan.FromSeconds(15))));
        Assert.False(await drop);
        slow.SetResult();
        await _writes.DrainAsync(default);
        Assert.Empty(_store.Rows);
    }

    public void Dispose()
    {
        _table.Dispose();
        _writes.Dispose();
        _forms.Dispose();
    }

    private static Caller Of(string name) => Caller.FromToken(name, "groups");

    private static async Task HoldAsync(bool hold, TaskCompletionSource underWay, Task until)
    {
        if (hold)
        {
            underWay.TrySetResult();
            await until;
        }
    }

    private Task<TableLook?> FindAsync(string caller) => _table.FindAsync(s_form, Of(caller), default);

    private void Keep(string caller) => _table.Keep("0", s_form, Of(caller), s_schema, DateTimeOffset.UtcNow.AddMinutes(5));
}
