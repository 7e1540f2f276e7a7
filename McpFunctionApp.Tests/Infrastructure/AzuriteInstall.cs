using System.Diagnostics;
using System.Security.Cryptography;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>Installs the Azurite of the <c>azurite</c> folder's lock file with <c>npm ci</c>, unless a stamp beside the packages says that it is there.</summary>
internal static class AzuriteInstall
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    public static string Folder { get; } = Path.Combine(NodeRig.ProjectDirectory, "azurite");

    public static async Task EnsureAsync()
    {
        var wanted = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        var stamp = Path.Combine(Folder, "node_modules", ".tests-lock-sha256");
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != wanted)
        {
            await InstallAsync();
            await File.WriteAllTextAsync(stamp, wanted);
        }
    }

    private static async Task InstallAsync()
    {
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
        using var process = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        if (limit.IsCancellationRequested || process.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci did not install Azurite within {s_limit}.\n{await output}\n{await errors}");
        }
    }
}
