using System.Diagnostics;
using System.Reflection;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>The app as the Functions host starts it: a process of its own, with the settings in its environment.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    // What the machine's own environment says of hosts is none of a test's business.
    private static readonly string[] s_foreign =
    [
        "ASPNETCORE_",
        "DOTNET_ENVIRONMENT",
        "DOTNET_URLS",
        "FUNCTIONS_",
        "AZURE_FUNCTIONS_",
    ];

    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>The app's own build, or the published folder that <c>WORKER_FOLDER</c> names.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("WORKER_FOLDER") is { Length: > 0 } given
            ? Path.GetFullPath(given, Path.Combine(Metadata("TestProjectDirectory"), ".."))
            : Path.GetDirectoryName(Metadata("AppAssembly"))!;

    public int Id => _process.Id;

    public Task Exited => _process.WaitForExitAsync();

    public int ExitCode => _process.ExitCode;

    public static WorkerProcess Start(Uri host, string workerId, IReadOnlyDictionary<string, string?> settings, WorkerLog log)
    {
        var start = new ProcessStartInfo("dotnet", Arguments(host, workerId))
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Fill(start.Environment, settings);

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => log.AddOutput(line.Data);
        process.ErrorDataReceived += (_, line) => log.AddOutput(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new WorkerProcess(process);
    }

    /// <summary>Sends SIGTERM, as a platform does that takes an instance away.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string[] Arguments(Uri host, string workerId) =>
        [
            WorkerPath(),
            "--host",
            host.Host,
            "--port",
            $"{host.Port}",
            "--workerId",
            workerId,
            "--requestId",
            workerId,
            "--grpcMaxMessageLength",
            $"{int.MaxValue}",
            "--functions-uri",
            $"{host}",
            "--functions-worker-id",
            workerId,
            "--functions-request-id",
            workerId,
            "--functions-grpc-max-message-length",
            $"{int.MaxValue}",
        ];

    private static void Fill(IDictionary<string, string?> environment, IReadOnlyDictionary<string, string?> settings)
    {
        foreach (var name in environment.Keys.Where(name => s_foreign.Any(name.StartsWith)).ToList())
        {
            environment.Remove(name);
        }

        environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        environment["FUNCTIONS_EXTENSION_VERSION"] = "~4";
        environment["FUNCTIONS_WORKER_DIRECTORY"] = Folder;
        environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder;
        foreach (var (name, value) in settings)
        {
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
    }

    /// <summary>The one program in the folder.</summary>
    private static string WorkerPath() =>
        Path.ChangeExtension(Path.ChangeExtension(Directory.GetFiles(Folder, "*.runtimeconfig.json").Single(), null), "dll");

    private static string Metadata(string key) =>
        typeof(WorkerProcess)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == key)
            .Value!;
}
