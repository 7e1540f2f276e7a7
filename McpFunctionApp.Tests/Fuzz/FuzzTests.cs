using System.Diagnostics;
using Xunit.Abstractions;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>
/// A seeded fuzzer over the JSON-RPC surface: brief, or as long as FUZZ_SECONDS says. A failure names its seed: FUZZ_SEED starts
/// with it. What it finds is mended and kept in <see cref="KnownCases"/>.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    // A target keeps its whole log and all calls of its form API: replaced from time to time, it stays small.
    private const int PerTarget = 4_000;

    // So many are sent on a slow machine, too.
    private const int Fewest = 100;

    private static readonly TimeSpan s_length = AllTests.LengthOf("FUZZ_SECONDS");

    [Fact]
    public async Task Nothing_that_is_sent_breaks_the_rules_of_an_answer()
    {
        var seed = AllTests.NumberOf("FUZZ_SEED") ?? Random.Shared.Next(1_000_000_000);
        output.WriteLine($"FUZZ_SEED={seed} FUZZ_SECONDS={s_length.TotalSeconds:0}");
        var counts = await Task.WhenAll(RunAsync(seed), RunAsync(seed + 1_000_000_000));
        output.WriteLine($"{counts.Sum()} requests kept to the rules");
    }

    private async Task<int> RunAsync(int seed)
    {
        var watch = Stopwatch.StartNew();
        var count = 0;
        while (GoesOn())
        {
            await using var target = await FuzzTarget.StartAsync();
            for (var n = 0; n < PerTarget && GoesOn(); n++)
            {
                var current = seed + count++;
                var request = new Mutator(current).Make();
                if (await target.TryAsync(request) is { } problem)
                {
                    await FailAsync(current, request, problem);
                }
            }
        }

        return count;

        bool GoesOn() => count < Fewest || watch.Elapsed < s_length;
    }

    private async Task FailAsync(int seed, FuzzRequest request, string problem)
    {
        await using var fresh = await FuzzTarget.StartAsync();
        var kind = problem.Split(':')[0];
        var hasToken = request.Headers.Exists(header => header.Name == "Authorization");
        var smallest = await Shrinker.ShrinkAsync(
            request,
            // Without it in its place, the token is text like any other.
            async smaller =>
                hasToken == smaller.Headers.Exists(header => header.Name == "Authorization")
                && (await fresh.TryAsync(smaller))?.StartsWith(kind, StringComparison.Ordinal) == true,
            TimeSpan.FromSeconds(20)
        );
        var report = $"FUZZ_SEED={seed}: {problem}\nsmallest: {smallest}\nas sent: {request}";
        output.WriteLine(report);
        Assert.Fail(report);
    }
}
