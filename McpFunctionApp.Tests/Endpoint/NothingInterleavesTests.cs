namespace McpFunctionApp.Tests.Endpoint;

public sealed class NothingInterleavesTests
{
    [Fact]
    public async Task Unawaited_notifications_neither_interleave_with_nor_follow_the_answer()
    {
        var calls = 0;
        await using var app = await ToolApp.StartAsync(
            (context, cancellationToken) =>
            {
                for (var n = 0; n < 6; n++)
                {
                    _ = Task.Run(() => context.ProgressAsync(n), cancellationToken);
                }

                // Some calls answer in the midst of their notifications and some after a moment for them.
                return Interlocked.Increment(ref calls) % 2 == 0 ? YieldAsync() : Task.FromResult(new string('x', 5_000));
            }
        );

        var streams = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 600),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (n, _) =>
            {
                var answer = await app.CallToolAsync(n % 3 == 0, id: $"{n}");
                Assert.Equal(200, (int)answer.Status);
                if (answer.ContentType == "application/json")
                {
                    Assert.Equal(n, (int)answer.Json["id"]!);
                    return;
                }

                Interlocked.Increment(ref streams);
                var events = EventStream.Read(answer.Body);
                Assert.Equal(n, (int)events[^1]["id"]!);
                Assert.All(events.SkipLast(1), e => Assert.Equal("notifications/progress", (string?)e["method"]));
            }
        );
        Assert.True(streams > 0, "No call was answered as a stream: the test has tried nothing.");
        Assert.False(app.HasErrors());

        static async Task<string> YieldAsync()
        {
            for (var n = 0; n < 20; n++)
            {
                await Task.Yield();
            }

            return new string('y', 5_000);
        }
    }

    [Fact]
    public async Task A_notification_after_the_answer_goes_nowhere()
    {
        var answered = new TaskCompletionSource();
        var late = new TaskCompletionSource<Exception?>();
        await using var app = await ToolApp.StartAsync(
            (context, cancellationToken) =>
            {
                _ = SendLateAsync();
                return Task.FromResult("done");

                async Task SendLateAsync()
                {
                    await answered.Task;
                    late.SetResult(await Record.ExceptionAsync(() => context.ProgressAsync(1)));
                }
            }
        );
        var answer = await app.CallToolAsync(false);
        Assert.Equal("done", answer.Text);
        answered.SetResult();
        await late.Task.WaitAsync(TimeSpan.FromSeconds(10));

        // The next request on the same connection is not disturbed by it.
        Assert.Equal("application/json", (await app.Rpc.SendAsync("tools/list", true)).ContentType);
        Assert.False(app.HasErrors());
    }
}
