using System.Diagnostics;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>
/// The product as an Azure Functions worker behind the tests' stand-in for the host, against an isolated worker whose one
/// function answers fixed bytes: warm requests, and the start of host and worker to the first answer.
/// </summary>
internal static class FunctionsCase
{
    public const string Fixed = "fixed bytes";

    public static Task RunAsync(Rig rig)
    {
        Warm(rig);
        Cold(rig, CaseNames.FunctionsStart, rig.Files.Product, rig.Files.Built("FixedWorker"));
        if (File.Exists(rig.Files.ReadyFixedWorker) && File.Exists(rig.Files.ReadyProduct) && rig.Plan.Measures)
        {
            Cold(rig, CaseNames.FunctionsStartReady, rig.Files.ReadyProduct, rig.Files.ReadyFixedWorker);
        }

        return Task.CompletedTask;
    }

    private static void Warm(Rig rig)
    {
        using var product = Start(rig, "product", rig.Files.Product);
        using (var wire = product.Connect())
        {
            Answer.CheckList(Answer.To(wire, Question.List()), rig.Files.Tools);
            Answer.CheckSum(Answer.To(wire, Question.CallAdd()));
            File.WriteAllBytes(rig.Files.CallAnswer, wire.Body);
        }

        using var list = Start(rig, Fixed, rig.Files.Built("FixedWorker"), rig.Files.HandshakeAnswer);
        Measure(rig, CaseNames.FunctionsList, Question.List(), product, list);
        using var call = Start(rig, Fixed, rig.Files.Built("FixedWorker"), rig.Files.CallAnswer);
        Measure(rig, CaseNames.FunctionsAdd, Question.CallAdd(), product, call);
    }

    private static void Measure(Rig rig, string @case, Question question, params ServerProcess[] servers)
    {
        foreach (var server in servers)
        {
            server.Connect().Dispose();
            Crew.Flood(server.Port, [question], rig.Plan.WarmUp);
        }

        for (var round = 0; round < rig.Plan.Rounds; round++)
        {
            foreach (var server in servers)
            {
                var tally = Crew.Flood(server.Port, [question], rig.Plan.Window);
                rig.Book.Add(@case, server.Name, Units.Rate, tally.PerSecond);
                rig.Book.Add(@case, server.Name, Units.P50, tally.Percentile(0.5));
                rig.Book.Add(@case, server.Name, Units.P99, tally.Percentile(0.99));
            }
        }
    }

    private static void Cold(Rig rig, string @case, string product, string @fixed)
    {
        for (var round = 0; round < rig.Plan.Starts; round++)
        {
            Answered(rig, @case, Fixed, @fixed, Question.List());
            Answered(rig, @case, "product, list without a token", product, Question.List(token: null));
            Answered(rig, @case, "product, list of the caller's form", product, Question.List());
        }
    }

    /// <summary>From the start of the host to the last byte of the first answer; the worker starts with it.</summary>
    private static void Answered(Rig rig, string @case, string name, string worker, Question question)
    {
        var began = Stopwatch.GetTimestamp();
        using var host = Start(rig, name, worker, rig.Files.HandshakeAnswer);
        using var wire = host.Connect();
        wire.Exchange(question.Bytes);
        var elapsed = Stopwatch.GetElapsedTime(began);
        Answer.Require(question.IsAnsweredBy(wire.Status, wire.Body), $"The first answer of {name} is wrong.");
        rig.Book.Add(@case, name, Units.FirstAnswer, elapsed.TotalMilliseconds);
    }

    private static ServerProcess Start(Rig rig, string name, string worker, string answer = "") =>
        ServerProcess.Start(
            name,
            rig.Machine.ServerCore,
            ["dotnet", rig.Files.Built("FunctionsHost"), "{port}"],
            rig.ProductSettings(("WORKER_FOLDER", Path.GetDirectoryName(worker)!), ("BENCH_ANSWER", answer)),
            rig.NextLog($"functions {name.Split(',')[0]}")
        );
}
