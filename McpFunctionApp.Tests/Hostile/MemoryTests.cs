using System.Text;

namespace McpFunctionApp.Tests.Hostile;

/// <summary>Runs with nothing beside it, since it looks at the memory of the whole process.</summary>
[CollectionDefinition("Memory", DisableParallelization = true)]
public sealed class MemoryCollection;

[Collection("Memory")]
public sealed class MemoryTests(HostileApp fixture) : IClassFixture<HostileApp>
{
    private const long Mebibyte = 1_048_576;

    [Fact]
    public async Task Announced_bodies_cost_no_memory_before_they_come()
    {
        await fixture.ServesAsync();
        var before = GC.GetTotalMemory(true);
        var callers = new List<RawCaller>();
        for (var n = 0; n < 300; n++)
        {
            callers.Add(await fixture.ConnectAsync());
            await callers[^1].SendAsync($"{HostileApp.Head($"Content-Length: {Mebibyte}")}{{");
        }

        await fixture.ServesAsync();
        var grown = GC.GetTotalMemory(true) - before;
        callers.ForEach(caller => caller.Dispose());
        Assert.InRange(grown, long.MinValue, 60 * Mebibyte);
    }

    [Fact]
    public async Task Hundreds_of_hostile_requests_leave_nothing_behind()
    {
        await AllAsync(1);
        var before = GC.GetTotalMemory(true);
        await AllAsync(5);
        var grown = GC.GetTotalMemory(true) - before;
        Assert.InRange(grown, long.MinValue, 20 * Mebibyte);
        await fixture.ServesAsync();
    }

    private async Task AllAsync(int rounds)
    {
        // Each with another token, another tool and another id, so that whatever were kept of them would add up.
        for (var n = 0; n < rounds * 40; n++)
        {
            var unique = $"{Guid.NewGuid():N}{new string('x', 20_000)}";
            string[] bodies =
            [
                $$"""{"jsonrpc":"2.0","id":"{{unique}}","method":"ping"}""",
                $$"""{"jsonrpc":"2.0","id":1,"method":"{{unique}}"}""",
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{unique}}}","arguments":"""
                    + $$$"""{ "{{{unique}}}":1} } }""",
                $$$"""{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"{{{unique}}}"}}""",
                $$$"""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"test://{{{unique}}}"}}""",
                $$"""{"{{unique}}":""",
            ];
            using var caller = await fixture.ConnectAsync();
            await caller.SendAsync(string.Concat(bodies.Select(HostileApp.Post)));
            foreach (var _ in bodies)
            {
                Assert.NotNull(await caller.ReadAsync());
            }

            using var refused = await fixture.ConnectAsync();
            await refused.SendAsync(
                Encoding.Latin1.GetBytes(HostileApp.Head($"Content-Length: {2 * Mebibyte}") + new string('[', 100_000))
            );
            Assert.Equal(413, (await refused.ReadAsync())!.Status);
        }
    }
}
