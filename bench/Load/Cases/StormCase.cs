namespace Bench.Load.Cases;

/// <summary>A form has just expired, and everybody asks for it at the same moment: one call to the form API must do.</summary>
internal static class StormCase
{
    public static async Task RunAsync(Rig rig)
    {
        using var server = await rig.StartProductAsync("product", ("Schemas__TtlSeconds", "1"));
        var questions = Enumerable.Repeat(Question.List(), rig.Plan.Crowd).ToList();
        Crew.Burst(server.Port, questions);
        rig.Api.Delay = TimeSpan.FromMilliseconds(50);
        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            await Task.Delay(1_200);
            Meter.Burst(rig, CaseNames.Storm, $"{questions.Count} requests at once", server, questions);
        }

        rig.Api.Delay = TimeSpan.Zero;
    }
}
