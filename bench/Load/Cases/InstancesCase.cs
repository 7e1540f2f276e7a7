using System.Globalization;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>
/// 50 instances of the product's forms in one process, over one table and with a clock that is moved: what the form API and the
/// table are asked, and how long an invalidation takes to reach all.
/// </summary>
internal static class InstancesCase
{
    /// <summary>A caller's requests go to any instance, and seldom to two at the same moment.</summary>
    public const string Apart = "one request at a time";

    public const string Invalidation = "an invalidation, everywhere";
    public const double MostCallsPerLife = 1.1;

    public static async Task RunAsync(Rig rig)
    {
        if (!Rig.Has("azurite"))
        {
            return;
        }

        var (instances, callers) = rig.Plan.Measures ? (50, 20) : (4, 4);
        using var azurite = Azurite.Start(rig);
        await MeasureAsync(rig, azurite, Apart, $"{instances}", $"{callers}", "2", "0.2", "1");
        await MeasureAsync(rig, azurite, "three at the same moment", $"{instances}", $"{callers}", "2", "0.1", "3");
        var invalidation = await RunAsync(rig, azurite, $"{instances}", "invalidate");
        rig.Book.Add(CaseNames.Instances, Invalidation, Units.Seconds, invalidation["seconds_to_invalidate"]);
        rig.Expect(
            rig.Book.Find(CaseNames.Instances, Apart, Units.CallsPerLife)!.Median <= MostCallsPerLife,
            "The form API is asked more often than 1.1 times per caller and life of a form."
        );
        rig.Expect(
            invalidation["seconds_to_invalidate"] <= invalidation["memory_seconds"],
            "An invalidation took longer than Schemas:MemoryTtlSeconds to reach an instance."
        );
    }

    private static async Task MeasureAsync(Rig rig, Azurite azurite, string subject, params string[] arguments)
    {
        azurite.TakeOperations();
        var results = await RunAsync(rig, azurite, arguments);
        var operations = azurite.TakeOperations();
        void Add(string unit, double value) => rig.Book.Add(CaseNames.Instances, subject, unit, value);
        Add(Units.CallsPerLife, results["calls_per_caller_and_life"]);
        Add(Units.MostOfOne, results["most_calls_of_one_caller_per_life"]);
        Add(Units.Reads, operations.Reads / results["requests"]);
        Add(Units.Writes, operations.Writes / results["requests"]);
        Add(Units.Deletes, operations.Deletes / results["requests"]);
    }

    private static async Task<Dictionary<string, double>> RunAsync(Rig rig, Azurite azurite, params string[] arguments)
    {
        var log = rig.NextLog("instances");
        using var process = ServerProcess.Start(
            "instances",
            rig.Machine.ServerCore,
            ["dotnet", rig.Files.Built("Instances"), azurite.ConnectionString, .. arguments],
            new Dictionary<string, string>(),
            log,
            rig.Files.Folder
        );
        await process.FinishAsync();
        return File.ReadLines(log)
            .Where(line => line.StartsWith("result ", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[1], words => double.Parse(words[2], CultureInfo.InvariantCulture));
    }
}
