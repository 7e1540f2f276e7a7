using System.Text.Json.Nodes;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Replies;

public sealed class ToolReplyTests
{
    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    [Fact]
    public void A_success_has_text_and_structured_content_and_no_code()
    {
        var reply = ToolReply.Success("42", new NumberAnswer(42), AppJson.Default.NumberAnswer);
        var result = reply.ToResult();
        Assert.Equal("42", TextOf(result));
        Assert.Equal("""{"result":42}""", result.StructuredContent!.Value.GetRawText());
        Assert.NotEqual(true, result.IsError);
        Assert.Null(result.Meta);
        Assert.Equal("ok", reply.Outcome);
    }

    [Fact]
    public void Structured_content_alone_is_its_own_text()
    {
        var result = ToolReply.Success("""{"id":4711,"data":{"a":[1,"x"]}}"""u8.ToArray()).ToResult();
        Assert.Equal("""{"id":4711,"data":{"a":[1,"x"]}}""", TextOf(result));
        Assert.Equal(TextOf(result), result.StructuredContent!.Value.GetRawText());
    }

    [Fact]
    public void An_error_has_its_code_and_details_in_meta_and_no_structured_content()
    {
        var reply = ToolReply.Error(ErrorCodes.SubmissionFailed, "It failed.", new JsonObject { ["httpStatus"] = 500 });
        var result = reply.ToResult();
        Assert.True(result.IsError);
        Assert.Null(result.StructuredContent);
        Assert.Equal("It failed.", TextOf(result));
        Assert.Equal(
            """{"io.github.mcp-function-app/error":{"code":"submission_failed","httpStatus":500}}""",
            result.Meta!.ToJsonString()
        );
        Assert.Equal("submission_failed", reply.Outcome);
    }

    [Fact]
    public void The_codes_are_a_contract() =>
        Assert.Equal(
            [
                "invalid_arguments",
                "authentication_required",
                "token_rejected",
                "form_unavailable",
                "submission_failed",
                "submission_outcome_unknown",
            ],
            new[]
            {
                ErrorCodes.InvalidArguments,
                ErrorCodes.AuthenticationRequired,
                ErrorCodes.TokenRejected,
                ErrorCodes.FormUnavailable,
                ErrorCodes.SubmissionFailed,
                ErrorCodes.SubmissionOutcomeUnknown,
            }
        );

    [Fact]
    public void Each_result_is_a_new_object_since_the_SDK_writes_into_it()
    {
        var reply = ToolReply.Error(ErrorCodes.InvalidArguments, "x", new JsonObject { ["problems"] = new JsonArray() });
        var first = reply.ToResult();
        first.Meta!["added"] = 1;
        first.Meta["io.github.mcp-function-app/error"]!["problems"]!.AsArray().Add("changed");
        first.Content.Clear();
        var second = reply.ToResult();
        Assert.Equal(
            """{"io.github.mcp-function-app/error":{"code":"invalid_arguments","problems":[]}}""",
            second.Meta!.ToJsonString()
        );
        Assert.Equal("x", TextOf(second));
    }
}
