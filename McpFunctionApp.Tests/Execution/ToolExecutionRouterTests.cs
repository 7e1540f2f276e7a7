using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Execution;
using McpFunctionApp.Replies;
using McpFunctionApp.Tests.Arguments;
using McpFunctionApp.Tests.Infrastructure;
using NSubstitute;

namespace McpFunctionApp.Tests.Execution;

/// <summary>A call goes to its tool's handler, or to the default one.</summary>
public sealed class ToolExecutionRouterTests
{
    private readonly IFormCallHandler _own = Handler("own");
    private readonly IFormCallHandler _otherwise = Handler("otherwise");

    [Theory]
    [InlineData("with_handler", "own")]
    [InlineData("WITH_HANDLER", "otherwise")]
    [InlineData("without", "otherwise")]
    public async Task The_tools_name_decides(string tool, string expected)
    {
        var router = new ToolExecutionRouter(new Dictionary<string, IFormCallHandler> { ["with_handler"] = _own }, _otherwise);
        var call = new FormCall(
            new(tool, "t", "t", new Uri("http://localhost"), null, TimeSpan.FromSeconds(1)),
            Caller.FromToken(Given.Token, "groups"),
            new(ReadArguments.Form(), [])
        );
        Assert.Equal($"\"{expected}\"", (await router.RouteAsync(call, CancellationToken.None)).Text);
    }

    [Fact]
    public async Task Forms_with_and_without_a_SubmitUrl_stand_side_by_side()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Tool"] = "submitted",
                ["Forms:0:Url"] = api.FormUrl,
                ["Forms:0:SubmitUrl"] = api.SubmitUrl,
                ["Forms:1:Tool"] = "recorded",
                ["Forms:1:Url"] = api.FormUrl,
            }
        );
        var submitted = await app.Rpc.CallAsync("submitted", Given.Call, Given.Token);
        var recorded = await app.Rpc.CallAsync("recorded", Given.Call, Given.Token);
        Assert.Equal("open", (string?)submitted.Result["structuredContent"]!["status"]);
        Assert.Equal("pending", (string?)recorded.Result["structuredContent"]!["status"]);
        Assert.Single(api.Submissions);
    }

    private static IFormCallHandler Handler(string name)
    {
        var handler = Substitute.For<IFormCallHandler>();
        handler.HandleAsync(default!, default).ReturnsForAnyArgs(ToolReply.Success(Encoding.UTF8.GetBytes($"\"{name}\"")));
        return handler;
    }
}
