using System.Text;

namespace McpFunctionApp.Tests.Hostile;

public sealed class HangUpAtEveryStageTests(HostileApp fixture) : IClassFixture<HostileApp>
{
    private static readonly string s_plain = HostileApp.Post("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""");
    private static readonly string s_chunked =
        $"{HostileApp.Head("Transfer-Encoding: chunked")}15\r\n{{\"jsonrpc\":\"2.0\",\"id\"\r\n1d\r\n:1,"
        + $"\"method\":\"tools/list\"    }}\r\n0\r\n\r\n";

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_client_may_go_away_after_any_byte(bool chunked, bool reset)
    {
        var request = Encoding.Latin1.GetBytes(chunked ? s_chunked : s_plain);
        for (var sent = 0; sent <= request.Length; sent++)
        {
            using var caller = await fixture.ConnectAsync();
            await caller.SendAsync(request.AsMemory(0, sent));
            if (reset)
            {
                caller.Reset();
            }
        }

        await fixture.ServesAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_half_closed_is_ended_and_anything_it_is_told_is_an_answer(bool chunked)
    {
        var request = Encoding.Latin1.GetBytes(chunked ? s_chunked : s_plain);
        for (var sent = 0; sent <= request.Length; sent += sent < request.Length - 20 ? 13 : 1)
        {
            using var caller = await fixture.ConnectAsync();
            await caller.SendAsync(request.AsMemory(0, sent));
            caller.HalfClose();
            if (await caller.ReadAsync() is { } answer)
            {
                Assert.Contains(answer.Status, sent == request.Length ? [200] : new[] { 400 });
                Assert.Null(await caller.ReadAsync());
            }
        }

        await fixture.ServesAsync();
    }

    [Fact]
    public async Task A_client_may_go_away_in_the_middle_of_its_answer()
    {
        // An answer larger than what the sockets' buffers take, so that the server is writing when the client goes.
        var echo = HostileApp.Post(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":"""
                + $$$"""{"message":"{{{new string('a', 900_000)}}}"} } }"""
        );
        for (var round = 0; round < 6; round++)
        {
            using var caller = await fixture.ConnectAsync();
            await caller.SendAsync(echo);
            if (round % 2 == 0)
            {
                await Assert.ThrowsAnyAsync<Exception>(() => caller.ReadAsync(TimeSpan.Zero));
            }

            caller.Reset();
        }

        await fixture.ServesAsync();
    }
}
