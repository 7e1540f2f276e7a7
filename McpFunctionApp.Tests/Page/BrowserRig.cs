namespace McpFunctionApp.Tests.Page;

/// <summary>
/// The browser of this machine: Chromium as Debian has it, or Chrome or Edge. Where there is none, the tests that need one
/// are skipped, and say so; where all tests are wanted, they fail.
/// </summary>
internal static class BrowserRig
{
    private static readonly string[] s_names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
    ];

    private static readonly string[] s_places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly Lazy<string?> s_program = new(Find);

    public static string Program => s_program.Value ?? throw new InvalidOperationException(Reason);

    /// <summary>Why no test with a browser can run on this machine; null where they can, or must.</summary>
    public static string? Missing => AllTests.AreWanted ? null : NodeRig.Missing ?? (s_program.Value is null ? Reason : null);

    /// <summary>The folder of the chat that shows the form, with its packages.</summary>
    public static string Folder { get; } = Path.Combine(NodeRig.ProjectDirectory, "browser");

    /// <summary>Installs the chat's packages, and makes one script of them and the chat: a page that loads each module by itself
    /// takes seconds.</summary>
    public static async Task PrepareAsync()
    {
        await NodeRig.InstallAsync(Folder);
        await NodeRig.RunInAsync(
            Folder,
            "node",
            [
                "node_modules/esbuild/bin/esbuild",
                "host.mjs",
                "--bundle",
                "--minify",
                "--outfile=node_modules/host.js",
                "--log-level=warning",
            ],
            TimeSpan.FromMinutes(1)
        );
    }

    private static string Reason => $"needs a browser on the PATH ({string.Join(", ", s_names)}): not found";

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => s_names.Select(name => Path.Combine(folder.Trim('"'), name)))
            .Concat(s_places)
            .FirstOrDefault(File.Exists);
}

/// <summary>A test in a browser; skipped, with the reason, on a machine without one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute() : MachineFactAttribute(BrowserRig.Missing);

/// <summary>A theory in a browser; skipped, with the reason, on a machine without one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute() : MachineTheoryAttribute(BrowserRig.Missing);
