using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>Many callers whose forms are cached: what each costs in memory, and whether their number slows a list down.</summary>
internal static class CallersCase
{
    public static async Task RunAsync(Rig rig)
    {
        var (many, veryMany) = (rig.Plan.ManyCallers, rig.Plan.VeryManyCallers);
        var callers = Questions("same", veryMany);
        using var server = await rig.StartProductAsync("product");
        await FillAsync(rig, server, $"{many:N0} callers with one form", callers[..1], callers[..many]);
        await FillAsync(rig, server, $"{veryMany:N0} callers with one form", callers[..many], callers);
        Crew.Flood(server.Port, callers, rig.Plan.WarmUp);
        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            Flood(rig, server, "1 caller", callers[..1]);
            Flood(rig, server, $"{many:N0} callers", callers[..many]);
            Flood(rig, server, $"{veryMany:N0} callers", callers);
        }

        using var other = await rig.StartProductAsync("product");
        var own = Questions("own", many);
        await FillAsync(rig, other, $"{many:N0} callers with a form of their own", own[..1], own);
    }

    private static Question[] Questions(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(number => Question.List($"{prefix}-caller-{number:00000}"))];

    /// <summary>A form that is fetched in between was not cached, and the case would ask something else.</summary>
    private static void Flood(Rig rig, Server server, string subject, Question[] callers)
    {
        rig.Api.TakeCalls();
        Meter.Flood(rig, CaseNames.Callers, server, callers, subject);
        rig.Book.Add(CaseNames.Callers, subject, Units.OriginCalls, rig.Api.TakeCalls());
    }

    /// <summary>From some cached callers to more of them: what one more has cost.</summary>
    private static async Task FillAsync(Rig rig, Server server, string subject, Question[] from, Question[] to)
    {
        Crew.Each(server.Port, from);
        var (heapBefore, chargedBefore) = await UsageAsync(rig, server);
        Crew.Each(server.Port, to);
        var (heap, charged) = await UsageAsync(rig, server);
        rig.Book.Add(
            CaseNames.Memory,
            subject,
            Units.KilobytesPerCaller,
            (heap - heapBefore) / 1_024 / (to.Length - from.Length)
        );
        rig.Book.Add(
            CaseNames.Memory,
            subject,
            Units.ChargedPerCaller,
            (charged - chargedBefore) / 1_024 / (to.Length - from.Length)
        );
        rig.Book.Add(CaseNames.Memory, subject, "heap MB", heap / 1_048_576);
    }

    private static async Task<(double Heap, double Charged)> UsageAsync(Rig rig, Server server)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-functions-key", rig.AdminKey);
        var report = await client.GetFromJsonAsync<JsonObject>(new Uri($"http://127.0.0.1:{server.Port}/cache"));
        return (server.Gauge.Read(collect: true).HeapBytes, (double)report!["bytes"]!);
    }
}
