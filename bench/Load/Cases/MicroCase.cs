using System.Globalization;
using Bench.Load.Report;

namespace Bench.Load.Cases;

/// <summary>What BenchmarkDotNet counts in a process of its own; it prints a line per subject.</summary>
internal static class MicroCase
{
    public static async Task RunAsync(Rig rig)
    {
        var log = rig.NextLog("micro");
        string[] mode = rig.Plan.Measures ? [] : ["--test"];
        using var process = ServerProcess.Start(
            "micro",
            rig.Machine.ServerCore,
            ["dotnet", rig.Files.Built("Micro"), rig.Api.Url, .. mode],
            new Dictionary<string, string>(),
            log,
            rig.Files.Folder
        );
        await process.FinishAsync();
        foreach (
            var words in File.ReadLines(log)
                .Where(line => line.StartsWith("result ", StringComparison.Ordinal))
                .Select(line => line.Split(' '))
        )
        {
            rig.Book.Add(
                CaseNames.Micro,
                words[1].Replace('_', ' '),
                Units.Bytes,
                double.Parse(words[2], CultureInfo.InvariantCulture)
            );
        }
    }
}
