namespace McpFunctionApp.Telemetry;

/// <summary>The names of attributes: OpenTelemetry's where its semantic conventions have one, else under this app's own
/// prefix.</summary>
internal static class Attributes
{
    public const string Method = "mcp.method.name";
    public const string Protocol = "mcp.protocol.version";
    public const string Tool = "gen_ai.tool.name";
    public const string Operation = "gen_ai.operation.name";
    public const string ErrorType = "error.type";
    public const string StatusCode = "rpc.response.status_code";
    public const string DbSystem = "db.system.name";
    public const string DbOperation = "db.operation.name";
    public const string DbCollection = "db.collection.name";
    public const string Outcome = "mcp_function_app.outcome";
    public const string Level = "mcp_function_app.cache.level";
    public const string Entry = "mcp_function_app.cache.entry";
    public const string Reason = "mcp_function_app.fallback.reason";
    public const string Exchange = "mcp_function_app.form_api.operation";
    public const string TokenOf = "mcp_function_app.token_exchange.form";
}
