using System.Diagnostics;
using System.Text;
using McpFunctionApp.Hosting.Kestrel;

namespace McpFunctionApp.Tests.Hosting;

/// <summary>The built app as a person starts it: a process of its own, in a folder of its own, with nothing of the tests'
/// environment.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcp-app-");
    private readonly Process _process;

    private AppProcess(
        string[] arguments,
        Dictionary<string, string>? environment,
        string? settingsInFolder,
        string? assembly = null
    )
    {
        if (settingsInFolder is not null)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), settingsInFolder);
        }

        var start = new ProcessStartInfo("dotnet", [assembly ?? typeof(KestrelApp).Assembly.Location, .. arguments])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in start
                .Environment.Keys.Where(key =>
                    key.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || key is "DOTNET_ENVIRONMENT" or "DOTNET_URLS"
                )
                .ToList()
        )
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>Starts the app and waits until it says that it runs.</summary>
    /// <param name="assembly">Another build of it; null: the one that is tested.</param>
    public static async Task<AppProcess> RunAsync(
        string[] arguments,
        Dictionary<string, string>? environment = null,
        string? settingsInFolder = null,
        string? assembly = null
    )
    {
        var app = new AppProcess(arguments, environment, settingsInFolder, assembly);
        try
        {
            await Task.WhenAny(app._started.Task, app._process.WaitForExitAsync()).WaitAsync(s_limit);
            Assert.True(app._started.Task.IsCompleted, $"The app has not started: {app.Output} {app.Errors}");
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an app that is to end by itself, and returns its exit code and all it said.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> FailAsync(
        string[] arguments,
        Dictionary<string, string>? environment = null
    )
    {
        await using var app = new AppProcess(arguments, environment, null);
        await app._process.WaitForExitAsync().WaitAsync(s_limit);
        return (app._process.ExitCode, app.Output, app.Errors);
    }

    /// <summary>Tells it to stop, as a platform does (SIGTERM), and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await _process.WaitForExitAsync().WaitAsync(s_limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(true);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }

        if (line == "Stop with Ctrl+C.")
        {
            _started.TrySetResult();
        }
    }
}
