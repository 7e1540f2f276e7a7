namespace McpFunctionApp.Messages;

/// <summary>The log levels of MCP (those of RFC 5424), from the least to the most severe.</summary>
internal static class LogLevels
{
    private static readonly string[] s_names = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

    /// <summary>The place of a level among all, for comparing; null for anything that is none.</summary>
    public static int? Rank(string? name) => Array.IndexOf(s_names, name) is >= 0 and var rank ? rank : null;
}
