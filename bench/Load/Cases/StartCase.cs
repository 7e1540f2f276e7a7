using System.Diagnostics;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>From the start of the process to the last byte of its first answer, the product against an empty ASP.NET Core
/// app.</summary>
internal static class StartCase
{
    private sealed record Program(string Name, string Path, Question Question);

    public static Task RunAsync(Rig rig)
    {
        Measure(rig, CaseNames.Start, rig.Files.Product, rig.Files.Built("Empty"));
        if (File.Exists(rig.Files.ReadyProduct) && rig.Plan.Measures)
        {
            Measure(rig, CaseNames.StartReady, rig.Files.ReadyProduct, rig.Files.ReadyEmpty);
        }

        return Task.CompletedTask;
    }

    private static void Measure(Rig rig, string @case, string product, string empty)
    {
        Program[] programs =
        [
            new("empty app", empty, Question.List(marker: "\"tools\":[]")),
            new("product, list without a token", product, Question.List(token: null)),
            new("product, list of the caller's form", product, Question.List()),
        ];
        for (var round = 0; round < rig.Plan.Starts; round++)
        {
            foreach (var program in programs)
            {
                Start(rig, @case, program);
            }
        }
    }

    private static void Start(Rig rig, string @case, Program program)
    {
        var log = rig.Files.Written("start.log");
        var began = Stopwatch.GetTimestamp();
        using var process = ServerProcess.Start(
            program.Name,
            rig.Machine.ServerCore,
            ["dotnet", program.Path, "--urls", "http://127.0.0.1:{port}"],
            rig.ProductSettings(),
            log
        );
        using var wire = process.Connect();
        wire.Exchange(program.Question.Bytes);
        var elapsed = Stopwatch.GetElapsedTime(began);
        Answer.Require(program.Question.IsAnsweredBy(wire.Status, wire.Body), $"The first answer of {program.Name} is wrong.");
        rig.Book.Add(@case, program.Name, Units.FirstAnswer, elapsed.TotalMilliseconds);
        rig.Book.Add(@case, program.Name, Units.Peak, process.PeakMegabytes());
    }
}
