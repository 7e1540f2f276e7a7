namespace McpFunctionApp.Replies;

/// <summary>The <c>_meta</c> keys of this server's results: part of the public contract, described in docs/tools.md.</summary>
public static class ReplyMeta
{
    /// <summary>In a list result: why tools are missing from it.</summary>
    public const string Fallback = "io.github.mcp-function-app/fallback";

    /// <summary>In a call result with <c>isError</c>: the code, and what belongs to it.</summary>
    public const string Error = "io.github.mcp-function-app/error";

    /// <summary>In the result of a draft: the form, for whoever draws it.</summary>
    public const string Form = "io.github.mcp-function-app/form";

    /// <summary>The resource that draws that form in a chat (MCP Apps), which a draft's tool names.</summary>
    public const string FormResource = "ui://mcp-function-app/form";

    /// <summary>In the result of a draft, and in the call that sends it: a key that is used once.</summary>
    public const string Draft = "io.github.mcp-function-app/draft";
}
