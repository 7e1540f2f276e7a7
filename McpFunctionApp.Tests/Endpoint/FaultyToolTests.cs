namespace McpFunctionApp.Tests.Endpoint;

public sealed class FaultyToolTests(SharedToolApp tools) : IClassFixture<SharedToolApp>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tool_that_throws_is_an_error_result_without_the_exceptions_text(bool perRequest)
    {
        var app = tools.With((_, _) => throw new InvalidOperationException("a secret of the inside"));
        var answer = await app.CallToolAsync(perRequest, id: "7");
        Assert.Equal(200, (int)answer.Status);
        Assert.True(answer.IsError, answer.Body);
        Assert.Equal(7, (int)answer.Json["id"]!);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        Assert.False(answer.Result.AsObject().ContainsKey("structuredContent"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tool_that_is_cancelled_from_inside_is_answered(bool perRequest)
    {
        var app = tools.With((_, _) => throw new OperationCanceledException());
        var answer = await app.CallToolAsync(perRequest, id: "7").WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(7, (int)answer.Json["id"]!);
        Assert.True(answer.Json["error"] is not null || answer.IsError, answer.Body);
    }

    [Fact]
    public async Task A_tool_that_throws_does_not_disturb_the_next_call()
    {
        var calls = 0;
        var app = tools.With(
            (_, _) => Interlocked.Increment(ref calls) % 2 == 1 ? throw new InvalidOperationException() : Task.FromResult("done")
        );
        Assert.True((await app.CallToolAsync(false)).IsError);
        Assert.Equal("done", (await app.CallToolAsync(false)).Text);
    }
}
