using System.Globalization;
using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;
using Xunit.Abstractions;

namespace McpFunctionApp.Tests.Hostile;

/// <summary>
/// The server as a process with 512 MB of heap and its default limits, attacked in every known way at once while ten
/// ordinary callers go on. Brief here; with ATTACK_SECONDS as long as that says, and then times are judged, too.
/// ATTACK_ONLY is one attack's name, ATTACK_SERVER the assembly of another build to attack, ATTACK_TABLE a connection
/// string of table storage.
/// </summary>
[Collection("Memory")]
public sealed class AttackTests(ITestOutputHelper output)
{
    private const string HeapLimit = "0x20000000";

    private static readonly int? s_seconds = AllTests.NumberOf("ATTACK_SECONDS");

    private static readonly string? s_only = Environment.GetEnvironmentVariable("ATTACK_ONLY");

    [LinuxFact]
    public async Task Nobody_is_kept_from_work_by_strangers_who_do_not_read_do_not_finish_or_make_tokens_up()
    {
        await AttackAsync(
            [],
            attackers => s_only is null ? attackers.All : [.. attackers.All.Where(attack => attack.Method.Name == s_only)]
        );
    }

    [LinuxFact]
    public async Task Nobody_is_kept_from_work_by_tokens_that_are_no_tokens()
    {
        // The ordinary callers' tokens are not the authority's: they are served the static tools, as everybody is whom it does
        // not know.
        await using var authority = await TestAuthority.StartAsync();
        var app = await StartAsync([
            .. authority.Settings("Fallback").Select(setting => $"--{setting.Key}={setting.Value}"),
            "--Forms:0:Url=http://127.0.0.1:1/form",
        ]);
        await using (app)
        {
            using var attackers = new Attackers(AddressOf(app));
            using var http = new HttpClient { BaseAddress = AddressOf(app) };
            using var end = new CancellationTokenSource(AllTests.LengthOf("ATTACK_SECONDS"));
            var attack = attackers.SendOddTokensAsync(end.Token);
            while (!end.IsCancellationRequested)
            {
                Assert.Contains("add", (await new RpcClient(http).ListAsync()).ToolNames);
                await Task.Delay(125, CancellationToken.None);
            }

            await attack;
            Assert.DoesNotContain("Exception", app.Output, StringComparison.Ordinal);
            Assert.InRange(app.Output.Split('\n').Length, 1, 1_000);
        }
    }

    private async Task AttackAsync(string[] settings, Func<Attackers, IReadOnlyList<Func<CancellationToken, Task>>> attacks)
    {
        // The form API answers from this process, too, and must not wait for threads.
        ThreadPool.GetMinThreads(out var workers, out var others);
        ThreadPool.SetMinThreads(Math.Max(workers, 64), others);
        await using var api = await StartApiAsync();
        await using var app = await StartAsync([
            $"--Forms:0:Url={api.FormUrl}",
            $"--Forms:0:SubmitUrl={api.SubmitUrl}",
            "--Schemas:TtlSeconds=2",
            .. settings,
        ]);
        using var callers = new OrdinaryCallers(AddressOf(app));
        using var attackers = new Attackers(AddressOf(app));
        await callers.ArriveAsync();
        using var end = new CancellationTokenSource(AllTests.LengthOf("ATTACK_SECONDS"));
        var working = callers.GoOnAsync(end.Token);
        await Task.WhenAll(attacks(attackers).Select(attack => attack(end.Token)));
        await working;

        var peak = PeakMegabytes(app.Id);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{callers.Answers} answers, {callers.Failures.Count} failures, p50 {callers.P50:0} ms, p99 {callers.P99:0} "
                    + $"ms, worst health {callers.WorstHealth:0} ms, peak memory {peak:0} MB"
            )
        );
        Assert.Empty(callers.Failures);
        Assert.True(callers.Answers > 0, app.Output);
        if (s_seconds is not null)
        {
            Assert.InRange(callers.P99, 0, 500);
            Assert.InRange(callers.WorstHealth, 0, 1_000);
        }
    }

    private static Task<AppProcess> StartAsync(string[] settings)
    {
        var table = Environment.GetEnvironmentVariable("ATTACK_TABLE");
        return AppProcess.RunAsync(
            [
                "--urls",
                $"http://127.0.0.1:{FreePort.Next()}",
                .. settings,
                .. table is null ? Array.Empty<string>() : [$"--TableStorage={table}"],
            ],
            new() { ["DOTNET_GCHeapHardLimit"] = HeapLimit },
            assembly: Environment.GetEnvironmentVariable("ATTACK_SERVER")
        );
    }

    /// <summary>Gives ordinary callers their form at once, says 401 to what is made up, and never answers some.</summary>
    private static async Task<FakeFormApi> StartApiAsync()
    {
        var api = await FakeFormApi.StartAsync();
        api.OnForm = async context =>
        {
            var token = FakeFormApi.TokenOf(context);
            if (token?.StartsWith("hanging-", StringComparison.Ordinal) == true)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }

            await (
                OrdinaryCallers.IsOrdinary(token) ? FakeFormApi.Json(context, Given.Form) : FakeFormApi.Json(context, "{}", 401)
            );
        };
        return api;
    }

    private static Uri AddressOf(AppProcess app) =>
        new(
            app.Output.Split('\n')
                .First(line => line.StartsWith("MCP endpoint", StringComparison.Ordinal))[12..]
                .Trim()
                .Replace("/mcp", "/", StringComparison.Ordinal)
        );

    /// <returns>Not a number where the process has ended.</returns>
    private static double PeakMegabytes(int process)
    {
        if (!Directory.Exists($"/proc/{process}"))
        {
            return double.NaN;
        }

        var line = File.ReadLines($"/proc/{process}/status").First(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(6).Trim(" \tkB"), CultureInfo.InvariantCulture) / 1_024;
    }
}
