using System.Text;

namespace McpFunctionApp.Tests.Hostile;

public sealed class PipeliningTests(HostileApp fixture) : IClassFixture<HostileApp>
{
    [Fact]
    public async Task Requests_sent_without_waiting_are_answered_in_their_order()
    {
        using var caller = await fixture.ConnectAsync();
        await caller.SendAsync(string.Concat(Enumerable.Range(1, 300).Select(HostileApp.Ping)));
        for (var id = 1; id <= 300; id++)
        {
            Assert.Equal(id, (await caller.ReadAsync())!.Json.GetProperty("id").GetInt32());
        }
    }

    [Fact]
    public async Task A_refused_request_does_not_shift_the_answers_after_it()
    {
        using var caller = await fixture.ConnectAsync();
        string[] requests =
        [
            HostileApp.Post("{"),
            HostileApp.Ping(1),
            HostileApp.Post("[]"),
            HostileApp.Ping(2),
            HostileApp.Ping(7).Replace("application/json\r\nAuth", "text/plain\r\nAuth", StringComparison.Ordinal),
            HostileApp.Ping(3),
            HostileApp.Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}"""),
            HostileApp.Ping(4),
            HostileApp.Ping(8).Replace("POST", "DELETE", StringComparison.Ordinal),
            HostileApp.Ping(5),
        ];
        await caller.SendAsync(string.Concat(requests));
        int[] expected = [400, 200, 400, 200, 415, 200, 202, 200, 405, 200];
        var id = 0;
        foreach (var status in expected)
        {
            var answer = (await caller.ReadAsync())!;
            Assert.Equal(status, answer.Status);
            if (status == 200)
            {
                Assert.Equal(++id, answer.Json.GetProperty("id").GetInt32());
            }
        }
    }

    [Fact]
    public async Task A_request_hidden_in_a_body_is_no_request()
    {
        var hidden = HostileApp.Ping(666);
        foreach (
            var request in new[]
            {
                HostileApp.Post(hidden),
                $"{HostileApp.Head("Transfer-Encoding: chunked")}{hidden.Length:x}\r\n{hidden}\r\n0\r\n\r\n",
            }
        )
        {
            using var caller = await fixture.ConnectAsync();
            await caller.SendAsync(request + HostileApp.Ping(1));
            Assert.Equal(400, (await caller.ReadAsync())!.Status);
            Assert.Equal(1, (await caller.ReadAsync())!.Json.GetProperty("id").GetInt32());
        }
    }

    [Fact]
    public async Task A_flood_that_reads_no_answer_does_not_keep_others_waiting()
    {
        using var caller = await fixture.ConnectAsync();
        var flood = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(1, 20_000).Select(HostileApp.Ping)));
        var sending = caller.SendAsync(flood);
        for (var turn = 0; turn < 5; turn++)
        {
            await fixture.ServesAsync();
        }

        caller.Reset();
        await Record.ExceptionAsync(() => sending);
        await fixture.ServesAsync();
    }
}
