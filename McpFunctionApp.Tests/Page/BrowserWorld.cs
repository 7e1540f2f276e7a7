using Microsoft.Playwright;

namespace McpFunctionApp.Tests.Page;

/// <summary>The tests that share one browser and one chat; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserWorld>
{
    public const string Name = "Browser";
}

/// <summary>One browser, and one chat for the form to be shown in.</summary>
public sealed class BrowserWorld : IAsyncLifetime
{
    // A busy machine is slow, and no error.
    private const float PatienceMilliseconds = 15_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private IBrowserContext? _context;

    // One for all tests, since a new tab takes longer than most of them.
    private IPage? _page;

    internal ChatHost Chat { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (BrowserRig.Missing is not null)
        {
            return;
        }

        await BrowserRig.PrepareAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        Chat = await ChatHost.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = BrowserRig.Program,
                ChromiumSandbox = false,
                Args =
                [
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
            }
        );
        _context = await _browser.NewContextAsync(
            new()
            {
                DeviceScaleFactor = 1.25f,
                Locale = "en-US",
                TimezoneId = "Europe/Berlin",
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        await _context.AddInitScriptAsync(WatchedPage.TellOfViolations);
        _page = await _context.NewPageAsync();
    }

    /// <summary>A page that nobody watches: for one that is not of the product.</summary>
    internal Task<IPage> NewPageAsync() => _context!.NewPageAsync();

    /// <param name="width">In CSS pixels; 360 is a phone's.</param>
    internal async Task<WatchedPage> OpenAsync(int width = 1000, bool dark = false)
    {
        await _page!.SetViewportSizeAsync(width, 800);
        await _page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        return new WatchedPage(_page);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            await Chat.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
