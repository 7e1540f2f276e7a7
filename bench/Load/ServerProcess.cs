using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bench.Load;

/// <summary>A program of its own on a free port of 127.0.0.1, on a core of its own where taskset can give it one.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(string name, int port, Process process) => (Name, Port, _process) = (name, port, process);

    public string Name { get; }

    public int Port { get; }

    /// <param name="core">The core it runs on; null: any.</param>
    /// <param name="command">The program and its arguments, in which {port} stands for the port.</param>
    /// <param name="log">The file that takes all it prints.</param>
    public static ServerProcess Start(
        string name,
        int? core,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        string log,
        string? folder = null
    )
    {
        var port = FreePort();
        List<string> words =
        [
            .. core is { } number ? ["taskset", "-c", $"{number}"] : Array.Empty<string>(),
            .. command.Select(word => word.Replace("{port}", $"{port}", StringComparison.Ordinal)),
        ];

        // The shell only turns the output into the file, and becomes the program.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", log, .. words])
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
        };
        foreach (
            var key in start
                .Environment.Keys.Where(key =>
                    key.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || key is "DOTNET_ENVIRONMENT" or "DOTNET_URLS"
                )
                .ToList()
        )
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return new ServerProcess(name, port, Process.Start(start)!);
    }

    /// <summary>Waits until the port answers.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not listen within a minute.</exception>
    public Wire Connect()
    {
        var started = Stopwatch.GetTimestamp();
        while (!_process.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
        {
            try
            {
                return new Wire(Port);
            }
            catch (SocketException)
            {
                Thread.Sleep(1);
            }
        }

        throw new InvalidOperationException($"{Name} did not start: see its log in bench/out/run.");
    }

    /// <summary>The most memory that it has had resident, in MiB; 0 where the system does not say.</summary>
    public double PeakMegabytes()
    {
        var status = $"/proc/{_process.Id}/status";
        var line = File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            : null;
        return line is null
            ? 0
            : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_024;
    }

    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task FinishAsync()
    {
        await _process.WaitForExitAsync();
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Name} ended with {_process.ExitCode}: see its log in bench/out/run.");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // With the worker that a Functions host has started.
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
