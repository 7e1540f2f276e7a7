namespace Bench.Load.Cases;

/// <summary>The form API answers 503: what a caller's first list costs, and what the lists cost while the failure is
/// remembered.</summary>
internal static class DownCase
{
    private const string Marker = "\"reason\":\"unavailable\"";

    public static async Task RunAsync(Rig rig)
    {
        using var server = await rig.StartProductAsync("product", ("Logging__LogLevel__Default", "Error"));
        Crew.Each(
            server.Port,
            [.. Enumerable.Range(0, rig.Plan.Crowd).Select(number => Question.List($"down-warm-up-{number}"))]
        );
        rig.Api.IsDown = true;
        var one = Question.List("down-one", Marker);
        Crew.Flood(server.Port, [one], rig.Plan.WarmUp);
        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            Meter.Burst(
                rig,
                CaseNames.Down,
                $"first list of {rig.Plan.Crowd} callers at once",
                server,
                Callers(round, rig.Plan.Crowd)
            );
            Meter.Flood(rig, CaseNames.Down, server, [one], "lists of one caller, one after another");
        }

        rig.Api.IsDown = false;
        rig.Api.TakeCalls();
    }

    private static Question[] Callers(int round, int count) =>
        [.. Enumerable.Range(0, count).Select(number => Question.List($"down-{round}-{number:000}", Marker))];
}
