using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Sources;

/// <summary>An answer of the form API that was read before is not read again, and is no other caller's form for that.</summary>
public sealed class KnownFormTests : AppTests<TestApp>
{
    private const int Fetched = 1001;
    private const int Warned = 1006;
    private const int Known = 1011;

    protected override Task<TestApp> StartAsync() => TestApp.StartAsync(Api, Clock);

    [Fact]
    public async Task The_same_answer_for_another_caller_is_read_once()
    {
        Assert.Equal(await ListedAsync(Given.Token), await ListedAsync(Given.OtherToken));
        Assert.Equal((2, 1, 2), (Count(Fetched), Count(Known), Api.FormCalls.Count));
    }

    [Fact]
    public async Task The_same_answer_for_a_caller_of_other_groups_is_that_callers_own_form()
    {
        Api.ServeFields(
            """{"paramName":"for_one","groupIds":[1]},{"paramName":"for_two","groupIds":[2]},{"paramName":"for_all"}"""
        );
        Assert.Equal("for_one for_all", await KeysAsync(""","groups":["1"]"""));
        Assert.Equal("for_two for_all", await KeysAsync(""","groups":["2"]"""));
        Assert.Equal("for_all", await KeysAsync(""","groups":[]"""));
        Assert.Equal("for_one for_two for_all", await KeysAsync(""));
        Assert.Equal(0, Count(Known));
        Assert.Equal("for_one for_all", await KeysAsync(""","groups":["1"],"name":"another"}"""[..^1]));
        Assert.Equal(1, Count(Known));
    }

    [Fact]
    public async Task A_form_with_warnings_is_read_for_each_caller_so_that_each_has_its_own()
    {
        Api.ServeFields($$"""{{Given.Fields}},{"paramName":"odd","hidden":7}""");
        Assert.Equal(await ListedAsync(Given.Token), await ListedAsync(Given.OtherToken));
        Assert.Equal((2, 0), (Count(Warned), Count(Known)));
    }

    [Fact]
    public async Task A_changed_answer_is_read_and_an_invalidated_one_is_read_again()
    {
        var before = await ListedAsync(Given.Token);
        Api.ServeFields(Given.Fields.Replace("Subject", "Topic", StringComparison.Ordinal));
        Assert.NotEqual(before, await ListedAsync(Given.OtherToken));
        Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.NotEqual(before, await ListedAsync(Given.Token));
        Assert.Equal(0, Count(Known));
    }

    private int Count(int eventId) => App.Log.Of(eventId).Count();

    private async Task<string> ListedAsync(string token) =>
        (await App.Rpc.ListAsync(token)).Tool("create_request").ToJsonString();

    private async Task<string> KeysAsync(string claims)
    {
        var list = await App.Rpc.ListAsync(Given.Jwt(Clock.GetUtcNow().AddHours(1), claims));
        return string.Join(
            ' ',
            list.Tool("create_request")["inputSchema"]!["properties"]!.AsObject().Select(property => property.Key)
        );
    }
}
