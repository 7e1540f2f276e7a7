using System.Diagnostics;
using System.Text;

namespace McpFunctionApp.Tests.Infrastructure.Tables;

/// <summary>
/// A real Azurite, its table service only, in memory and on a free port of 127.0.0.1. Installed on first use and shared by
/// the tests of a collection, which run one after another; a test may stop it and start it again.
/// </summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    private static readonly string s_folder = Path.Combine(NodeRig.ProjectDirectory, "azurite");

    public const string Account = "devstoreaccount1";

    /// <summary>The public key of every storage emulator.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(1);

    private Process? _process;

    public int Port { get; private set; }

    /// <summary>The same for the whole life of the server, restarts included.</summary>
    public string Endpoint => $"http://127.0.0.1:{Port}/{Account}";

    public string ConnectionString => $"AccountName={Account};AccountKey={Key};TableEndpoint={Endpoint}";

    /// <summary>Installs and starts it; does nothing on a machine without Node, where the tests are skipped.</summary>
    public async Task InitializeAsync()
    {
        if (NodeRig.Missing is null)
        {
            await NodeRig.InstallAsync(s_folder);
            await StartAsync();
        }
    }

    public Task DisposeAsync() => StopAsync();

    /// <summary>Starts it empty: what an earlier start has stored is gone. The port stays what it was.</summary>
    public async Task StartAsync()
    {
        for (var attempt = 1; !await TryStartAsync(Port == 0 ? FreePort.Next() : Port, attempt == 3); attempt++) { }
    }

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <returns>False where it ended at once, as it does when somebody else has taken the port.</returns>
    private async Task<bool> TryStartAsync(int port, bool isLast)
    {
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        void Read(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }

            if (line?.Contains("successfully", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult(true);
            }
        }

        var process = new Process { StartInfo = StartInfo(port), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => ready.TrySetResult(false);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        Port = port;
        if (await ready.Task.WaitAsync(s_startLimit))
        {
            return true;
        }

        _process = null;
        Port = 0;
        process.WaitForExit();
        process.Dispose();
        return isLast ? throw new InvalidOperationException($"Azurite did not start:\n{output}") : false;
    }

    // Standard input stays open for as long as this process lives; when it closes, Azurite ends itself.
    private static ProcessStartInfo StartInfo(int port) =>
        new(
            "node",
            [
                "--require",
                "./ends-with-parent.cjs",
                "node_modules/azurite/dist/src/table/main.js",
                "--tableHost",
                "127.0.0.1",
                "--tablePort",
                $"{port}",
                "--inMemoryPersistence",
                "--silent",
                "--skipApiVersionCheck",
                "--disableTelemetry",
            ]
        )
        {
            WorkingDirectory = s_folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}
