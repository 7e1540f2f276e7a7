using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>Full load of 100,000 distinct callers with the product's own cache limit: memory must not grow with time.</summary>
internal static class SoakCase
{
    private const int Callers = 100_000;
    private const double Tolerance = 1.15;

    public static async Task RunAsync(Rig rig, TimeSpan length)
    {
        using var server = await rig.StartProductAsync(
            "product",
            ("Schemas__MemoryMegabytes", "64"),
            ("Schemas__TtlSeconds", "300")
        );
        var questions = Enumerable.Range(0, Callers).Select(number => Question.List($"soak-{number:000000}")).ToList();
        var step = length / 20;
        var heaps = new List<double>();
        for (var n = 1; n <= 20; n++)
        {
            var tally = Crew.Flood(server.Port, questions, step);
            heaps.Add(server.Gauge.Read(collect: true).HeapBytes / 1_048_576);
            Console.WriteLine(
                $"{n * step.TotalMinutes:0.0} min: {Numbers.Show(tally.PerSecond)} requests/s, p99 "
                    + $"{Numbers.Show(tally.Percentile(0.99))} ms, heap {Numbers.Show(heaps[^1])} MB, peak "
                    + $"{Numbers.Show(server.Process.PeakMegabytes())} MB"
            );
        }

        var (early, late) = (heaps[5..10].Average(), heaps[15..].Average());
        Console.WriteLine(
            $"heap {Numbers.Show(early)} MB in the second quarter, {Numbers.Show(late)} MB in the last: "
                + $"{(late <= early * Tolerance ? "flat" : "growing")}"
        );
        Answer.Require(late <= early * Tolerance, "The heap grows with time.");
    }
}
