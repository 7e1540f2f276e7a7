using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Every outcome but a form has its reason, is remembered for its time, and then is asked for again.</summary>
public sealed class FormSchemasFailureTests(FormSchemasFailureTests.Server server) : IClassFixture<FormSchemasFailureTests.Server>
{
    public static TheoryData<string> Failures => [.. FormApiAnswers.Failing.Keys];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_has_its_reason_and_is_remembered_for_5_seconds(string what)
    {
        var (reason, answer) = FormApiAnswers.Failing[what];
        var (token, before) = (TokenOf(what), server.Api.Calls.Count);
        server.Api.OnForm = answer;

        var list = await server.App.Rpc.ListAsync(token);
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        Assert.Equal(reason, list.FallbackReason);
        server.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(reason, (await server.App.Rpc.ListAsync(token)).FallbackReason);
        Assert.Equal(before + 1, server.Api.Calls.Count);

        server.Api.ServeFields(Given.Fields);
        server.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var later = await server.App.Rpc.ListAsync(token);
        Assert.Contains("create_request", later.ToolNames);
        Assert.Null(later.FallbackReason);
        Assert.Equal(before + 2, server.Api.Calls.Count);
    }

    /// <summary>Each case has a caller of its own, of whom nothing is remembered.</summary>
    private static string TokenOf(string what) => $"token-of-{Convert.ToHexString(Encoding.UTF8.GetBytes(what))}";

    public sealed class Server : AppTests<WatchedApp>
    {
        protected override Task<WatchedApp> StartAsync() => WatchedApp.StartAsync(Api, Clock);
    }
}
