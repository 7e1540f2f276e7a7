using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Infrastructure.Node;

/// <summary>Runs the scripts of the <c>node</c> folder with the official TypeScript clients, installed once per test run by
/// <c>npm ci</c>. A Node that has made one journey makes the next, since loading the clients takes longer than using
/// them.</summary>
public static class NodeRig
{
    private const int OldestMajor = 20;

    private static readonly TimeSpan s_installLimit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<string?> s_missing = new(FindWhatIsMissing);
    private static readonly ConcurrentDictionary<string, Lazy<Task>> s_installs = new();
    private static readonly Lazy<Task> s_installed = new(() => InstallAsync(Scripts));
    private static readonly ConcurrentBag<NodeProcess> s_idle = [];

    /// <summary>The folder of the test project's sources.</summary>
    public static string ProjectDirectory { get; } =
        typeof(NodeRig)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "TestProjectDirectory")
            .Value!;

    /// <summary>Why no script can run on this machine; null where they can.</summary>
    public static string? Missing => s_missing.Value;

    private static string Scripts => Path.Combine(ProjectDirectory, "node");

    /// <returns>What the script answered.</returns>
    /// <exception cref="InvalidOperationException">It failed or ran out of time; the message holds why, and all that was printed
    /// meanwhile.</exception>
    public static async Task<JsonElement> RunAsync(string script, JsonObject journey, TimeSpan? limit = null)
    {
        await s_installed.Value;
        if (!s_idle.TryTake(out var node))
        {
            node = NodeProcess.Start(PathOf("node")!, Scripts);
        }

        try
        {
            return await node.RunAsync(script, journey, limit ?? TimeSpan.FromSeconds(60));
        }
        finally
        {
            if (node.IsUsable)
            {
                s_idle.Add(node);
            }
        }
    }

    /// <summary>Installs what a folder's lock file says, once, unless a stamp beside the packages says that it is
    /// there.</summary>
    public static Task InstallAsync(string folder) =>
        s_installs.GetOrAdd(folder, missing => new Lazy<Task>(() => InstallMissingAsync(missing))).Value;

    private static async Task InstallMissingAsync(string folder)
    {
        var wanted = Convert.ToHexStringLower(
            SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json")))
        );
        var stamp = Path.Combine(folder, "node_modules", ".lock-sha256");
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return;
        }

        await RunProgramAsync(
            "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"],
            s_installLimit,
            folder
        );
        await File.WriteAllTextAsync(stamp, wanted);
    }

    /// <summary>Runs a program, given by its path or by a name on the PATH, in a folder.</summary>
    /// <returns>What it printed on its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed or ran out of time; the message holds all it printed.</exception>
    public static Task<string> RunInAsync(string folder, string program, IReadOnlyList<string> arguments, TimeSpan limit) =>
        RunProgramAsync(program, arguments, limit, folder);

    private static async Task<string> RunProgramAsync(
        string program,
        IReadOnlyList<string> arguments,
        TimeSpan limit,
        string? folder = null
    )
    {
        var start = new ProcessStartInfo(PathOf(program)!, arguments)
        {
            WorkingDirectory = folder ?? Scripts,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What Node has compiled of a large client, it need not compile again for the next process (from Node 22 on).
        start.Environment["NODE_COMPILE_CACHE"] = Path.Combine(start.WorkingDirectory, "node_modules", ".compiled");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(limit);
        var ended = await EndsAsync(process, timeout.Token);
        return ended && process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} "
                    + $"{(ended ? $"ended with {process.ExitCode}" : $"did not end within {limit}")}.\n{await output}\n"
                    + $"{await errors}"
            );
    }

    private static async Task<bool> EndsAsync(Process process, CancellationToken limit)
    {
        try
        {
            await process.WaitForExitAsync(limit);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }

    private static string? FindWhatIsMissing()
    {
        if (PathOf("node") is null || PathOf("npm") is null)
        {
            return $"needs Node {OldestMajor} or newer with npm on the PATH: not found";
        }

        var version = Task.Run(() => RunProgramAsync("node", ["--version"], TimeSpan.FromSeconds(30)))
            .GetAwaiter()
            .GetResult()
            .Trim();
        return int.TryParse(version.TrimStart('v').Split('.')[0], out var major) && major >= OldestMajor
            ? null
            : $"needs Node {OldestMajor} or newer on the PATH: found {version}";
    }

    private static string? PathOf(string program)
    {
        var file =
            !RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? program
            : program == "npm" ? "npm.cmd"
            : $"{program}.exe";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder.Trim('"'), file))
            .FirstOrDefault(File.Exists);
    }
}
