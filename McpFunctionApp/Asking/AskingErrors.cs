using System.Text.Json.Nodes;
using McpFunctionApp.FormApi;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Asking;

/// <summary>What is answered where a question or a draft cannot go on; nothing is submitted then.</summary>
internal static class AskingErrors
{
    public static ToolReply Unavailable(string why) =>
        ToolReply.Error(
            ErrorCodes.FormUnavailable,
            $"Nothing was submitted, since at the moment {why}. Try again in a moment.",
            new JsonObject { ["reason"] = FallbackReason.Unavailable.Word() }
        );

    /// <param name="what">The beginning of a sentence.</param>
    public static ToolReply Invalid(string what) =>
        ToolReply.Error(
            ErrorCodes.StateInvalid,
            $"{what}: it was changed, has expired, or belongs to another call. Nothing was submitted. Call the tool again "
                + $"from the start."
        );
}
