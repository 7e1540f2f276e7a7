using System.Collections.Concurrent;
using System.Diagnostics;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace McpFunctionApp.Tests.Page;

/// <summary>The web page of the official Inspector, for the server as <c>dotnet run</c> starts it, by its address and a bearer
/// header.</summary>
public sealed class InspectorWeb : IAsyncLifetime
{
    public const string Token = "test-token-user-a";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("mcp-inspector-");
    private Process? _process;
    private string _address = "";

    internal TestApp App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (AllTests.WhySkipped(InspectorFactAttribute.Missing, isSlow: true) is not null)
        {
            return;
        }

        await NodeRig.InstallAsync(InspectorTests.Folder);
        App = await PageBrowserTests.StartSampleAsync();
        _process = Process.Start(Command(await NewerNode.ProgramAsync()))!;
        _address = await ReadAddressAsync(_process).WaitAsync(s_limit);
    }

    /// <summary>Opens the page and connects it.</summary>
    internal async Task<IPage> ConnectAsync(BrowserWorld world)
    {
        var page = await world.NewPageAsync();

        // The Inspector's fonts are another machine's.
        await page.RouteAsync(
            address => !address.StartsWith("http://127.0.0.1:", StringComparison.Ordinal),
            route => route.AbortAsync()
        );
        await page.GotoAsync(_address);
        await page.GetByRole(AriaRole.Switch).First.ClickAsync(new() { Force = true });
        await Assertions.Expect(page.GetByText("MCP 2026-07-28")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        return page;
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
            await App.DisposeAsync();
        }

        _store.Delete(true);
    }

    /// <summary>It keeps nothing of its own, opens no browser, and finds ports for all but its page.</summary>
    private ProcessStartInfo Command(string node) =>
        new(
            node,
            [
                Path.Combine(
                    InspectorTests.Folder,
                    "node_modules",
                    "@modelcontextprotocol",
                    "inspector",
                    "clients",
                    "launcher",
                    "build",
                    "index.js"
                ),
                "--web",
                "--server-url",
                App.Endpoint.ToString(),
                "--transport",
                "http",
                "--header",
                $"Authorization: Bearer {Token}",
                "--protocol-era",
                "modern",
            ]
        )
        {
            WorkingDirectory = _store.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOST"] = "127.0.0.1",
                ["CLIENT_PORT"] = $"{FreePort.Next()}",
                ["MCP_SANDBOX_PORT"] = "0",
                ["MCP_AUTO_OPEN_ENABLED"] = "false",
                ["MCP_STORAGE_DIR"] = _store.FullName,
                ["MCP_INSPECTOR_SECRET_STORE"] = "memory",
            },
        };

    /// <summary>The address that it prints, with the token of its own server; all else that it prints is read away.</summary>
    private static Task<string> ReadAddressAsync(Process process)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string?>();
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        process.OutputDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data);
            if (line.Data is null)
            {
                found.TrySetException(new InvalidOperationException($"The Inspector ended: {string.Join('\n', said)}"));
            }
            else if (line.Data.Trim().StartsWith("http://", StringComparison.Ordinal))
            {
                found.TrySetResult(line.Data.Trim());
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return found.Task;
    }
}
