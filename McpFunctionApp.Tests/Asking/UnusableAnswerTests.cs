using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>What a person's client sends in the place of an answer that can be used; nothing of it is submitted.</summary>
public sealed class UnusableAnswerTests(SubmittingApp shared) : IClassFixture<SubmittingApp>
{
    [Theory]
    [InlineData("""{"action":"maybe","content":{}}""")]
    [InlineData("""{"content":{"subject":"x"}}""")]
    [InlineData("""{"action":"accept","content":[1]}""")]
    [InlineData("""{"action":7}""")]
    [InlineData("7")]
    public async Task What_is_no_answer_to_the_question_is_told(string answer)
    {
        var asked = await shared.App.Rpc.AskAsync("{}");
        var told = await shared.App.Rpc.AskAsync("{}", asked.State(), answer);
        Assert.True(told.Json["error"] is not null || told.ErrorCode == "invalid_arguments", told.Body);
        Assert.Empty(shared.Api.Submissions);
    }

    [Fact]
    public async Task An_answer_that_names_no_parameter_is_told_at_once()
    {
        var asked = await shared.App.Rpc.AskAsync("{}");
        Assert.Equal(
            "invalid_arguments",
            (await shared.App.Rpc.AcceptAsync("{}", asked, """{"subject":"x","colour":"red"}""")).ErrorCode
        );
        Assert.Empty(shared.Api.Submissions);
    }

    [Fact]
    public async Task A_state_without_an_answer_asks_again()
    {
        var asked = await shared.App.Rpc.AskAsync("{}");
        Assert.True((await shared.App.Rpc.AskAsync("{}", asked.State())).IsAsked());
    }

    [Fact]
    public async Task Answers_without_a_state_are_ignored() =>
        Assert.True((await shared.App.Rpc.AskAsync("{}", answer: """{"action":"accept","content":{"subject":"x"}}""")).IsAsked());

    [Fact]
    public async Task There_are_three_questions_at_most()
    {
        var answer = await shared.App.Rpc.AskAsync("{}");
        for (var round = 1; round <= 3; round++)
        {
            Assert.True(answer.IsAsked(), answer.Body);
            answer = await shared.App.Rpc.AcceptAsync("{}", answer, """{"subject":""}""");
        }

        Assert.Equal("invalid_arguments", answer.ErrorCode);
        Assert.Empty(shared.Api.Submissions);
    }
}
