using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Bench.Load;

/// <summary>What the numbers were measured on.</summary>
internal sealed class Machine
{
    private static readonly string[] s_peers = ["typescript", "fastmcp"];

    private readonly string _loadAtStart = Load();

    /// <summary>Whether servers can be given a core of their own, and the load another.</summary>
    public bool CanPin { get; } = Environment.GetEnvironmentVariable("BENCH_PIN") == "1";

    public int? ServerCore => CanPin ? 0 : null;

    public IEnumerable<string> Describe(Files files) =>
        [
            $"- {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, commit {Commit()}",
            $"- {Cpu()}, {Environment.GetEnvironmentVariable("BENCH_CORES")} cores, {RuntimeInformation.OSDescription}",
            $"- .NET {Environment.Version}, Node {Output("node", "--version")}",
            $"- {string.Join(", ", Packages(files))}",
            CanPin
                ? "- servers on core 0, load, form API and Azurite on core 1: a rate is what one core serves"
                : "- servers and load share all cores: a rate is what was left for the server",
            $"- load average {_loadAtStart} at the start, {Load()} at the end; of an idle machine, the first is near 0",
        ];

    private static string Commit() =>
        Output("git", "rev-parse --short HEAD")
        + (Output("git", "status --porcelain -- :/ :(top,exclude)bench/RESULTS.md") is "" ? "" : ", with changes");

    private static IEnumerable<string> Packages(Files files) =>
        [
            $"ModelContextProtocol {FileVersionInfo.GetVersionInfo(files.Sdk).ProductVersion?.Split('+')[0]}",
            .. s_peers.SelectMany(peer => Dependencies(Path.Combine(files.Peers, peer))),
        ];

    private static IEnumerable<string> Dependencies(string peer) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(peer, "package.json")))!["dependencies"]!
            .AsObject()
            .Select(package => $"{package.Key} {package.Value}");

    private static string Cpu() =>
        File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            is { } line
            ? line.Split(':')[1].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Output(string program, string arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            return process.StandardOutput.ReadToEnd().Trim().TrimStart('v');
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return string.Create(CultureInfo.InvariantCulture, $"(no {program})");
        }
    }
}
