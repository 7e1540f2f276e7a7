using System.Reflection;

namespace McpFunctionApp.Hosting;

/// <summary>What this program is called, and which of it this is.</summary>
internal static class AppVersion
{
    /// <summary>Such as <c>MCP Function App 0.2.0</c>.</summary>
    public static string Line { get; } = $"MCP Function App {Full?.Split('+')[0] ?? "0.0.0"}";

    private static string? Full =>
        typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
