using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>A crowd of callers that this instance has never seen, with a form API that takes its time, with and without a
/// table.</summary>
internal static class ColdCase
{
    private static readonly TimeSpan s_distance = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(Rig rig)
    {
        using var azurite = Rig.Has("azurite") ? Azurite.Start(rig) : null;
        using var alone = await rig.StartProductAsync("product");
        using var first = azurite is null
            ? null
            : await rig.StartProductAsync("product with a table", ("TableStorage", azurite.ConnectionString));
        using var second = azurite is null
            ? null
            : await rig.StartProductAsync("second instance", ("TableStorage", azurite.ConnectionString));

        // Code that has run before, as on an instance that has been up for a while.
        List<Server> all = [alone, .. new[] { first, second }.OfType<Server>()];
        all.ForEach(server => Crew.Each(server.Port, Callers($"{server.Name} warm-up", rig.Plan.Crowd)));
        azurite?.Settle();

        rig.Api.Delay = s_distance;
        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            Meter.Burst(rig, CaseNames.Cold, "memory empty, no table", alone, Callers($"alone {round}", rig.Plan.Crowd));
            if (azurite is not null)
            {
                var callers = Callers($"table {round}", rig.Plan.Crowd);
                Burst(rig, azurite, "memory and table empty", first!, callers);
                Burst(rig, azurite, "memory empty, table warm", second!, callers);
            }
        }

        rig.Api.Delay = TimeSpan.Zero;
    }

    private static void Burst(Rig rig, Azurite azurite, string subject, Server server, Question[] callers)
    {
        azurite.TakeCalls();
        Meter.Burst(rig, CaseNames.Cold, subject, server, callers, azurite.Settle);
        rig.Book.Add(CaseNames.Cold, subject, Units.TableCalls, azurite.TakeCalls());
    }

    private static Question[] Callers(string group, int count) =>
        [.. Enumerable.Range(0, count).Select(number => Question.List($"cold-{group.Replace(' ', '-')}-{number:000}"))];
}
