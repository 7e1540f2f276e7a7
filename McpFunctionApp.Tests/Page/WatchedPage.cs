using System.Collections.Concurrent;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace McpFunctionApp.Tests.Page;

/// <summary>
/// The page for the time of one test, in which every request, line of the console, dialog and broken policy is kept. At its end
/// there was none of the last two and no error, nothing was asked of another machine, and no token stands in an address, a store
/// or the console.
/// </summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    public const string TellOfViolations = """
        addEventListener('securitypolicyviolation', e =>
          console.error(`policy broken: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))
        """;

    // A frame without an origin of its own has no store at all.
    private const string Stored = """
        () => { try { return JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie } catch { return '' } }
        """;

    private static readonly Lazy<string> s_axe = new(() =>
        File.ReadAllText(Path.Combine(BrowserRig.Folder, "node_modules", "axe-core", "axe.min.js"))
    );

    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _console = new();
    private readonly ConcurrentQueue<string> _addresses = new();
    private readonly ConcurrentQueue<string> _tokens = new();

    public WatchedPage(IPage page)
    {
        Page = page;
        page.PageError += OnError;
        page.Console += OnConsole;
        page.Dialog += OnDialog;
        page.Request += OnRequest;
    }

    public IPage Page { get; }

    /// <summary>What axe finds serious or critical in a frame, as its own words.</summary>
    public static async Task<IReadOnlyList<string>> SeriousFaultsAsync(IFrame frame)
    {
        await frame.EvaluateAsync(s_axe.Value);
        var violations = await frame.EvaluateAsync<JsonElement>("async () => (await axe.run(document)).violations");
        return
        [
            .. violations
                .EnumerateArray()
                .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(violation => $"{violation.GetProperty("help")}: {violation.GetProperty("nodes")[0].GetProperty("html")}"),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await Page.UnrouteAllAsync();
        var stored = await Task.WhenAll(Page.Frames.Select(frame => frame.EvaluateAsync<string>(Stored)));
        Page.PageError -= OnError;
        Page.Console -= OnConsole;
        Page.Dialog -= OnDialog;
        Page.Request -= OnRequest;
        Assert.Empty(_faults);
        Assert.All(_addresses, address => Assert.True(IsOfThisMachine(address), address));
        TokenLeaks.AssertNone([.. _addresses, .. _console, .. stored], _tokens.Distinct());
    }

    private static bool IsOfThisMachine(string address) =>
        address.StartsWith("about:", StringComparison.Ordinal)
        || address.StartsWith("data:", StringComparison.Ordinal)
        || new Uri(address).Host == "127.0.0.1";

    private void OnError(object? sender, string error) => _faults.Enqueue(error);

    private void OnConsole(object? sender, IConsoleMessage line)
    {
        _console.Enqueue(line.Text);
        if (line.Type is "error" or "warning")
        {
            _faults.Enqueue(line.Text);
        }
    }

    private void OnDialog(object? sender, IDialog dialog)
    {
        _faults.Enqueue($"dialog: {dialog.Message}");
        _ = dialog.DismissAsync();
    }

    private void OnRequest(object? sender, IRequest request)
    {
        _addresses.Enqueue(request.Url);
        if (request.Headers.TryGetValue("authorization", out var header))
        {
            _tokens.Enqueue(header["Bearer ".Length..]);
        }
    }
}
