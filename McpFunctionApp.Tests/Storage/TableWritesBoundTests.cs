using McpFunctionApp.Storage;

namespace McpFunctionApp.Tests.Storage;

/// <summary>Writes that wait keep their content in memory, which is bounded.</summary>
public sealed class TableWritesBoundTests
{
    private const long Megabyte = 1_048_576;

    [Fact]
    public async Task Writes_wait_within_a_bounded_memory()
    {
        using var writes = new TableWrites();
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var added = Enumerable.Range(0, 100).Count(n => writes.Add($"key {n}", () => slow.Task, Megabyte) is not null);
        Assert.Equal(64, added);
        slow.SetResult();
        await writes.DrainAsync(default);
        Assert.NotNull(writes.Add("later", () => Task.CompletedTask, Megabyte));
        await writes.DrainAsync(default);
    }

    [Fact]
    public async Task One_that_is_larger_than_all_that_may_wait_is_written_alone()
    {
        using var writes = new TableWrites();
        Assert.NotNull(writes.Add("key", () => Task.CompletedTask, 1_000 * Megabyte));
        await writes.DrainAsync(default);
    }
}
