using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Conformance;

/// <summary>
/// The official MCP conformance suite, installed once per test run from the <c>conformance-suite</c> folder. It needs a newer
/// Node than the other scripts.
/// </summary>
internal static partial class ConformanceSuite
{
    private const string SummaryHead = "=== SUMMARY ===";
    private const string UnexpectedHead = "Unexpected failures (not in baseline):";

    private static readonly string s_folder = Path.Combine(NodeRig.ProjectDirectory, "conformance-suite");
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Why the suite cannot run on this machine; null where it can.</summary>
    public static string? Missing => NewerNode.Missing;

    /// <summary>Runs what a revision requires of a server. A warning counts as a failure, and so does a listed check that
    /// passes.</summary>
    /// <param name="expectedFailures">A file of the folder <c>ExpectedFailures</c>, without its ending.</param>
    /// <exception cref="InvalidOperationException">The suite has failed: the message holds its summary, and why each unexpected
    /// failure failed.</exception>
    public static Task RunRevisionAsync(Uri endpoint, string revision, string expectedFailures) =>
        RunAsync(endpoint, "--requirements", revision, "--expected-failures", PathOf(expectedFailures));

    /// <summary>Runs one scenario in one revision.</summary>
    /// <exception cref="InvalidOperationException">It has failed: the message holds all that the suite printed.</exception>
    public static Task RunScenarioAsync(Uri endpoint, string revision, string scenario) =>
        RunAsync(endpoint, "--scenario", scenario, "--spec-version", revision);

    public static string PathOf(string expectedFailures) =>
        Path.Combine(NodeRig.ProjectDirectory, "Conformance", "ExpectedFailures", $"{expectedFailures}.yaml");

    private static async Task RunAsync(Uri endpoint, params IEnumerable<string> options)
    {
        var script = Path.Combine(s_folder, "node_modules", "@modelcontextprotocol", "conformance", "dist", "index.js");
        var results = Directory.CreateTempSubdirectory("mcp-conformance-");
        try
        {
            await NewerNode.RunAsync(
                s_folder,
                [script, "server", "--url", endpoint.ToString(), "-o", results.FullName, .. options],
                s_limit
            );
        }
        catch (InvalidOperationException e)
        {
            var summary = SummaryOf(e.Message);
            throw new InvalidOperationException(
                $"{summary}\nWhat failed in them:\n{string.Join('\n', FailedChecks(results, summary))}"
            );
        }
        finally
        {
            results.Delete(true);
        }
    }

    private static string SummaryOf(string output)
    {
        var plain = Color().Replace(output, "");
        return plain.IndexOf(SummaryHead, StringComparison.Ordinal) is >= 0 and var start ? plain[start..] : plain;
    }

    /// <summary>Of the scenarios that the summary calls unexpected. The suite leaves a folder for each, with all its checks in a
    /// file.</summary>
    private static IEnumerable<string> FailedChecks(DirectoryInfo results, string summary) =>
        from file in results.EnumerateFiles("checks.json", SearchOption.AllDirectories)
        let scenario = ResultFolder().Match(file.Directory!.Name).Groups[1].Value
        where
            summary[Math.Max(0, summary.IndexOf(UnexpectedHead, StringComparison.Ordinal))..]
                .Contains($"✗ {scenario}", StringComparison.Ordinal)
        from check in JsonElement.Parse(File.ReadAllBytes(file.FullName)).EnumerateArray()
        let status = check.GetProperty("status").GetString()
        where status is "FAILURE" or "WARNING"
        select $"{scenario}:{check.GetProperty("id")} {status}: "
            + $"{(check.TryGetProperty("errorMessage", out var message) ? message : default)}";

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Color();

    [GeneratedRegex(@"^server-(.+)-\d{4}-\d\d-\d\dT")]
    private static partial Regex ResultFolder();
}
