using System.Collections.Frozen;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Telemetry;

/// <summary>The methods that telemetry names. Any other is text that a client made up, and would make as many time series as it
/// likes.</summary>
internal static class McpMethods
{
    /// <summary>OpenTelemetry's word for what is in no list.</summary>
    public const string Other = "_OTHER";

    private static readonly FrozenSet<string> s_known = new[]
    {
        RequestMethods.Initialize,
        RequestMethods.Ping,
        "server/discover",
        RequestMethods.ToolsList,
        RequestMethods.ToolsCall,
        RequestMethods.PromptsList,
        RequestMethods.PromptsGet,
        RequestMethods.ResourcesList,
        RequestMethods.ResourcesTemplatesList,
        RequestMethods.ResourcesRead,
        RequestMethods.CompletionComplete,
        "logging/setLevel",
        NotificationMethods.InitializedNotification,
        NotificationMethods.CancelledNotification,
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string Known(string method) => s_known.Contains(method) ? method : Other;
}
