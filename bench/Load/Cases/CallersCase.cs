using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>Many callers whose forms are cached: what each costs in memory, and whether their number slows a list down.</summary>
internal static class CallersCase
{
    public const string OwnNames = "names and defaults of their own";
    public const string OwnOptions = "options of their own";

    public static string Subject(int callers, string form) => $"{callers:N0} callers with {form}";

    public static async Task RunAsync(Rig rig)
    {
        var (many, veryMany) = (rig.Plan.ManyCallers, rig.Plan.VeryManyCallers);
        var callers = Questions("same", veryMany);
        using var server = await rig.StartProductAsync("product");
        await FillAsync(rig, server, Subject(many, "one form"), callers[..1], callers[..many]);
        await FillAsync(rig, server, Subject(veryMany, "one form"), callers[..many], callers);
        Crew.Flood(server.Port, callers, rig.Plan.WarmUp);
        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            Flood(rig, server, "1 caller", callers[..1]);
            Flood(rig, server, $"{many:N0} callers", callers[..many]);
            Flood(rig, server, $"{veryMany:N0} callers", callers);
        }

        await FillNewAsync(rig, Subject(many, OwnNames), Questions("own", 2 * many));
        await FillNewAsync(rig, Subject(many, OwnOptions), Questions("options", 2 * many));
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

    /// <summary>The second half of them: with the first, the server has come to its usual size.</summary>
    private static async Task FillNewAsync(Rig rig, string subject, Question[] callers)
    {
        using var server = await rig.StartProductAsync("product");
        await FillAsync(rig, server, subject, callers[..(callers.Length / 2)], callers);
    }

    /// <summary>From some cached callers to more of them: what one more has cost.</summary>
    private static async Task FillAsync(Rig rig, Server server, string subject, Question[] from, Question[] to)
    {
        Crew.Each(server.Port, from);
        var (heapBefore, chargedBefore) = await UsageAsync(rig, server);
        Crew.Each(server.Port, to);
        var (heap, charged) = await UsageAsync(rig, server);
        double Each(double bytes) => bytes / 1_024 / (to.Length - from.Length);
        void Add(string unit, double value) => rig.Book.Add(CaseNames.Memory, subject, unit, value);
        Add(Units.KilobytesPerCaller, Each(heap - heapBefore));
        Add(Units.ChargedPerCaller, Each(charged - chargedBefore));
        Add(Units.ChargeOff, 100 * Math.Abs((charged - chargedBefore) / (heap - heapBefore) - 1));
        Add(Units.Heap, heap / 1_048_576);
    }

    private static async Task<(double Heap, double Charged)> UsageAsync(Rig rig, Server server)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-functions-key", rig.AdminKey);
        var report = await client.GetFromJsonAsync<JsonObject>(new Uri($"http://127.0.0.1:{server.Port}/cache"));
        return (server.Gauge.Read(collect: true).HeapBytes, (double)report!["bytes"]!);
    }
}
