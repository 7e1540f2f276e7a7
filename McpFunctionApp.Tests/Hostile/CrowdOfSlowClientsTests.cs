namespace McpFunctionApp.Tests.Hostile;

public sealed class CrowdOfSlowClientsTests(HostileApp fixture) : IClassFixture<HostileApp>
{
    [Theory]
    [InlineData("")]
    [InlineData("POST /mcp HT")]
    [InlineData("POST /mcp HTTP/1.1\r\nHost: localhost\r\nX: ")]
    [InlineData("BODY")]
    public async Task Hundreds_of_clients_that_stop_in_the_middle_hold_up_nobody(string sent)
    {
        var callers = new List<RawCaller>();
        try
        {
            for (var n = 0; n < 300; n++)
            {
                callers.Add(await fixture.ConnectAsync());
                await callers[^1].SendAsync(sent == "BODY" ? $"{HostileApp.Head("Content-Length: 1048576")}{{" : sent);
            }

            for (var turn = 0; turn < 10; turn++)
            {
                await fixture.ServesAsync();
            }
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }

        await fixture.ServesAsync();
    }

    [Fact]
    public async Task A_message_that_comes_byte_by_byte_is_served()
    {
        using var caller = await fixture.ConnectAsync();
        foreach (var character in HostileApp.Ping(7))
        {
            await caller.SendAsync(character.ToString());
        }

        Assert.Equal(7, (await caller.ReadAsync())!.Json.GetProperty("id").GetInt32());
    }
}
