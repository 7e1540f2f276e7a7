namespace McpFunctionApp.Settings;

/// <summary>The names at the top of the configuration: this app's own sections, and what others read there.</summary>
public static class SettingNames
{
    /// <summary>A test holds this list against what a start reads.</summary>
    public static IReadOnlyList<string> Sections { get; } =
    [
        "Admin",
        "Callers",
        "Elasticsearch",
        "Endpoint",
        "Execution",
        "Forms",
        "RateLimit",
        "SampleFormApi",
        "Schemas",
        "StaticTools",
        "TableStorage",
    ];

    private static readonly string[] s_framework =
    [
        "AllowedHosts",
        "ApplicationName",
        "CaptureStartupErrors",
        "ContentRoot",
        "DetailedErrors",
        "Environment",
        "ForwardedHeaders_Enabled",
        "HostBuilder",
        "HostingStartupAssemblies",
        "HostingStartupExcludeAssemblies",
        "Http_Ports",
        "Https_Port",
        "Https_Ports",
        "Kestrel",
        "Logging",
        "Metrics",
        "PreferHostingUrls",
        "PreventHostingStartup",
        "ShutdownTimeoutSeconds",
        "StartupAssembly",
        "StaticWebAssets",
        "SuppressStatusMessages",
        "Urls",
        "WebRoot",
    ];

    /// <summary>Whether a name without a colon is a section of this app, whatever its case.</summary>
    public static bool IsSection(string name) => Sections.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether somebody else reads it: ASP.NET Core, its host, or a library of Azure or OpenTelemetry.</summary>
    public static bool IsOfOthers(string name) =>
        s_framework.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("APPLICATIONINSIGHTS_", StringComparison.OrdinalIgnoreCase);
}
