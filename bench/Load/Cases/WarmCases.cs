using System.Text.Json.Nodes;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>One caller whose form is cached: what the product, the limit and the peers make of one core.</summary>
internal static class WarmCases
{
    public const string OneList = "list";
    public const string OneCreate = "create_request";

    public static async Task RunAsync(Rig rig)
    {
        using var limit = await rig.StartLimitAsync();
        using var product = await rig.StartProductAsync("product");
        using var logging = await rig.StartProductAsync("product, logging calls", ("Logging__LogLevel__Default", "Information"));
        using var plain = await rig.StartPlainAsync();
        using var typescript = Rig.Has("typescript") ? await rig.StartNodeAsync("typescript") : null;
        using var fastmcp = Rig.Has("fastmcp") ? await rig.StartNodeAsync("fastmcp") : null;
        void List(JsonObject answer) => Answer.CheckList(answer, rig.Files.Tools);

        Measure(rig, CaseNames.List, Question.List(), List, limit, product, plain, typescript, fastmcp);
        Pace(rig, limit, product);
        Measure(rig, CaseNames.ListPerRequest, Question.ListPerRequest(), List, limit, product, plain, typescript);
        Measure(rig, CaseNames.Add, Question.CallAdd(), Answer.CheckSum, product, logging, plain, typescript, fastmcp);
        Measure(
            rig,
            CaseNames.Create,
            Question.CallCreate(rig.Arguments),
            answer => Answer.CheckReceipt(answer, rig.Arguments),
            product,
            typescript,
            fastmcp
        );
        Beside(rig, product);
        Measure(rig, CaseNames.ListWithoutToken, Question.List(token: null), Answer.CheckStatic, product);
        foreach (var server in new[] { limit, product, plain, typescript, fastmcp }.OfType<Server>())
        {
            rig.Book.Add(CaseNames.Peak, server.Name, Units.Peak, server.Process.PeakMegabytes());
        }
    }

    private static void Measure(Rig rig, string @case, Question question, Action<JsonObject> check, params Server?[] servers)
    {
        var present = servers.OfType<Server>().ToList();
        foreach (var server in present)
        {
            using var wire = new Wire(server.Port);
            check(Answer.To(wire, question));
            Crew.Flood(server.Port, [question], rig.Plan.WarmUp);
        }

        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            present.ForEach(server => Meter.Flood(rig, @case, server, [question]));
        }

        if (rig.Plan.Measures)
        {
            var rates = present.Select(server => $"{server.Name} {rig.Book.Find(@case, server.Name, Units.Rate)}");
            Console.WriteLine($"{@case}: {string.Join(", ", rates)} requests/s");
        }
    }

    /// <summary>In turn and in the same revision: what checking and recording a request costs over a list.</summary>
    private static void Beside(Rig rig, Server product)
    {
        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            Meter.Flood(rig, CaseNames.CreateBesideList, product, [Question.List()], OneList);
            Meter.Flood(rig, CaseNames.CreateBesideList, product, [Question.CallCreate(rig.Arguments)], OneCreate);
        }
    }

    /// <summary>Half of what the product can do, so that both servers have time: what is left is what a request takes.</summary>
    private static void Pace(Rig rig, params Server[] servers)
    {
        var rate = Math.Round(rig.Book.Find(CaseNames.List, "product", Units.Rate)!.Median / 2);
        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            foreach (var server in servers)
            {
                var tally = Crew.Pace(server.Port, [Question.List()], rate, rig.Plan.Window);
                rig.Book.Add(CaseNames.Pace, server.Name, Units.Rate, rate);
                rig.Book.Add(CaseNames.Pace, server.Name, Units.P50, tally.Percentile(0.5));
                rig.Book.Add(CaseNames.Pace, server.Name, Units.P99, tally.Percentile(0.99));
            }
        }
    }
}
