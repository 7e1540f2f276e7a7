namespace McpFunctionApp.Tests.Stress;

/// <summary>Settings with which the collector really gets every line, ASP.NET Core's own included, which appsettings.json keeps
/// quiet.</summary>
internal static class EveryLogLine
{
    public static Dictionary<string, string?> Settings(params IEnumerable<(string Name, string Value)> more)
    {
        var settings = more.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        settings["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace";
        settings["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Trace";
        return settings;
    }
}
