using McpFunctionApp.Replies;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Settings;

/// <summary>
/// Finds names at the top of the configuration that were meant to be settings of this app and are none: what is written
/// there would have no effect, and a server meant to be closed would be open. Everything else there is somebody else's
/// variable, and is left alone. Pure.
/// </summary>
internal static class MisspeltNames
{
    private const int Letters = 2;

    // Parameters of the deployment, which a developer's shell may hold beside a server that they are not meant for.
    private static readonly string[] s_parameters =
    [
        "FORM_URL",
        "FORM_SUBMIT_URL",
        "FORM_TOOL",
        "FORM_TITLE",
        "FORM_DESCRIPTION",
        "FORM_EXCHANGE",
        "FORM_AUDIENCE",
        "FORM_SCOPES",
        "ELASTICSEARCH_URL",
        "ELASTICSEARCH_API_KEY",
    ];

    /// <param name="names">The full names of this app's settings, such as <c>Admin:Key</c>.</param>
    /// <returns>One sentence for each, without its value.</returns>
    public static IEnumerable<string> In(IConfiguration configuration, IReadOnlyCollection<string> names)
    {
        var full = names.GroupBy(WithoutSeparators).ToDictionary(group => group.Key, group => group.First());
        return configuration
            .GetChildren()
            .Where(entry => !SettingNames.IsSection(entry.Key) && !SettingNames.IsOfOthers(entry.Key))
            .Select(entry => FirstBelow(entry) is { } below ? OfSection(entry, below) : OfName(entry.Key, full))
            .OfType<string>();
    }

    private static string? OfSection(IConfigurationSection entry, IConfigurationSection below) =>
        Nearest.Within(WithoutSeparators(entry.Key), SettingNames.Sections, Letters) is { } section
            ? Fault(
                $"{below.Path} is no setting, since there is no section '{Quotable.Shorten(entry.Key)}'",
                section + below.Path[entry.Path.Length..]
            )
            : null;

    private static string? OfName(string name, Dictionary<string, string> full) =>
        IsCandidate(name) && Nearest.Within(WithoutSeparators(name), full.Keys, Letters) is { } meant
            ? Fault($"{Quotable.Shorten(name)} is no setting", full[meant])
            : null;

    private static string Fault(string what, string meant) =>
        $"{what}, and would be ignored. Nearest: {meant} (environment: {meant.Replace(":", "__", StringComparison.Ordinal)}).";

    private static IConfigurationSection? FirstBelow(IConfigurationSection section)
    {
        var first = section.GetChildren().FirstOrDefault();
        return first is null ? null : FirstBelow(first) ?? first;
    }

    private static bool IsCandidate(string name) => !IsOfKubernetes(name) && !s_parameters.Contains(name, StringComparer.Ordinal);

    /// <summary>Kubernetes gives every container such variables for every service beside it, whatever that is called.</summary>
    private static bool IsOfKubernetes(string name) =>
        name.EndsWith("_PORT", StringComparison.Ordinal)
        || name.EndsWith("_SERVICE_HOST", StringComparison.Ordinal)
        || name.Contains("_SERVICE_PORT", StringComparison.Ordinal)
        || name.Contains("_PORT_", StringComparison.Ordinal);

    private static string WithoutSeparators(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
