using System.Diagnostics;
using System.Reflection;
using McpFunctionApp.Tests.Docs;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

public sealed class DotnetRunTests
{
    [SlowFact]
    public async Task It_starts_the_server_itself_and_no_Core_Tools()
    {
        var folder = Directory.CreateTempSubdirectory("mcp-no-func-");
        try
        {
            // First on the PATH, so that Core Tools of this machine are not found either.
            var func = Path.Combine(folder.FullName, OperatingSystem.IsWindows() ? "func.cmd" : "func");
            await File.WriteAllTextAsync(func, OperatingSystem.IsWindows() ? "exit /b 1" : "#!/bin/sh\nexit 127\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(func, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var address = $"http://127.0.0.1:{FreePort.Next()}";
            var output = await RunUntilStartedAsync(folder.FullName, "--environment", "Development", "--urls", address);
            Assert.Contains("MCP endpoint", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static async Task<string> RunUntilStartedAsync(string firstOnPath, params string[] arguments)
    {
        var configuration = typeof(DotnetRunTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string[] run = ["run", "--no-build", "--project", "McpFunctionApp", "-c", configuration, "--", .. arguments];
        var start = new ProcessStartInfo("dotnet", run)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{firstOnPath}{Path.PathSeparator}{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var lines = new List<string>();
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                lines.Add(line);
                if (line == "Stop with Ctrl+C.")
                {
                    return string.Join('\n', lines);
                }
            }

            return $"It has not started: {string.Join('\n', lines)} {await errors}";
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
