using System.Runtime.InteropServices;

namespace McpFunctionApp.Tests.Page;

/// <summary>The official Inspector, as the page says to use it, and as it sees the form in a chat.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InspectorTests(BrowserWorld world)
{
    /// <summary>The folder that has its package.</summary>
    internal static string Folder { get; } = Path.Combine(NodeRig.ProjectDirectory, "clients");

    [InspectorFact(IsSlow = true)]
    public async Task Whoever_follows_the_page_word_for_word_files_a_request()
    {
        await using var app = await PageBrowserTests.StartSampleAsync();
        string list;
        string call;
        await using (var watched = await world.OpenAsync())
        {
            await watched.Page.GotoAsync(app.Http.BaseAddress!.ToString());
            list = await watched.Page.Locator("#list").InnerTextAsync();
            call = await watched.Page.Locator("#call").InnerTextAsync();
        }

        Assert.Contains("\"create_request\"", await TypeAsync(list), StringComparison.Ordinal);
        Assert.Contains("\"status\": \"open\"", await TypeAsync(call), StringComparison.Ordinal);
        Assert.Equal(["Printer is out of toner"], await PageBrowserTests.SubjectsAsync(app, "test-token-user-a"));

        var info = JsonElement.Parse(
            await TypeAsync(
                $"{list[..list.IndexOf(" --method", StringComparison.Ordinal)]} --method tools/call --tool-name "
                    + $"draft_create_request --app-info"
            )
        );
        Assert.True(info.GetProperty("hasApp").GetBoolean());
        Assert.Equal("ui://mcp-function-app/form", info.GetProperty("resourceUri").GetString());
        Assert.Equal("text/html;profile=mcp-app", info.GetProperty("resourceMimeType").GetString());
    }

    private static async Task<string> TypeAsync(string command)
    {
        await NodeRig.InstallAsync(Folder);
        return await NewerNode.RunTypedAsync(Folder, command, TimeSpan.FromMinutes(1));
    }
}

/// <summary>A test with a browser, a shell and the Inspector; skipped, with the reason, on a machine without one of
/// them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InspectorFactAttribute() : MachineFactAttribute(Missing)
{
    internal static string? Missing =>
        BrowserRig.Missing
        ?? NewerNode.Missing
        ?? (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "needs a POSIX shell" : null);
}
