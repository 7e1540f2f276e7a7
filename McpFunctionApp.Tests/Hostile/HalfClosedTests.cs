namespace McpFunctionApp.Tests.Hostile;

/// <summary>A client that says that it will send no more may be taken for one that is gone: it gets a whole answer or
/// none.</summary>
public sealed class HalfClosedTests(HostileApp fixture) : IClassFixture<HostileApp>
{
    [Theory]
    [InlineData("GET /health")]
    [InlineData("GET /health/ready")]
    [InlineData("DELETE /cache/me")]
    public async Task A_small_answer_has_its_length_and_is_never_cut(string line)
    {
        const string Body = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
        var request =
            $"{HostileApp.Head($"Content-Length: {Body.Length}").Replace("POST /mcp", line, StringComparison.Ordinal)}{Body}";
        using (var caller = await fixture.ConnectAsync())
        {
            await caller.SendAsync(request);
            var answer = (await caller.ReadAsync())!;
            Assert.Equal($"{answer.Body.Length}", answer.Headers["Content-Length"]);
        }

        for (var n = 0; n < 100; n++)
        {
            using var caller = await fixture.ConnectAsync();
            await caller.SendAsync(request);
            caller.HalfClose();
            Assert.True(await caller.ReadAsync() is null or { Status: 200 });
        }
    }
}
