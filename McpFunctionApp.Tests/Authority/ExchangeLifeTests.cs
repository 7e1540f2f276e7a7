using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>How long an exchanged token serves, and who shares a question for it.</summary>
public sealed class ExchangeLifeTests
{
    [Fact]
    public async Task A_token_serves_until_60_seconds_before_its_end()
    {
        await using var rig = await ExchangeRig.StartAsync(("Schemas:TtlSeconds", "30"));
        rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, rig.NextAnswer(expiresIn: 160));
        var token = rig.Token();
        await rig.Rpc.ListAsync(token, true);
        rig.Clock.Advance(TimeSpan.FromSeconds(99));
        await rig.Rpc.ListAsync(token, true);
        Assert.Equal([rig.Given[0], rig.Given[0]], rig.Forms.FormCalls.Select(call => call.Token));
        rig.Clock.Advance(TimeSpan.FromSeconds(31));
        await rig.Rpc.ListAsync(token, true);
        Assert.Equal(2, rig.Given.Count);
    }

    [Fact]
    public async Task A_token_never_serves_beyond_the_end_of_the_callers_own()
    {
        await using var rig = await ExchangeRig.StartAsync(("Schemas:TtlSeconds", "10"));
        var token = rig.Token(to: 100);
        await rig.Rpc.ListAsync(token, true);
        rig.Clock.Advance(TimeSpan.FromSeconds(99));
        await rig.Rpc.ListAsync(token, true);
        Assert.Single(rig.Given);

        // The caller's own is still let pass here, for clocks that differ, and each request then asks for itself.
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        await rig.Rpc.ListAsync(token, true);
        await rig.Rpc.ListAsync(token, true);
        Assert.Equal(3, rig.Given.Count);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_token_too_short_lived_to_be_kept_serves_its_request_alone(int expiresIn)
    {
        await using var rig = await ExchangeRig.StartAsync();
        rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, rig.NextAnswer(expiresIn));
        var token = rig.Token();
        Assert.Contains("create_request", (await rig.Rpc.ListAsync(token, true)).ToolNames);
        Assert.False((await rig.Rpc.CallAsync("create_request", Given.Call, token, true)).IsError);
        Assert.Equal(rig.Given[0], Assert.Single(rig.Forms.FormCalls).Token);
        Assert.Equal(rig.Given[1], Assert.Single(rig.Forms.Submissions).Token);
    }

    [Fact]
    public async Task Fifty_first_lists_of_one_caller_at_once_make_one_exchange_and_one_form_call()
    {
        await using var rig = await ExchangeRig.StartAsync();
        var open = new TaskCompletionSource();
        rig.Tokens.OnSubmit = async context =>
        {
            await open.Task;
            await FakeFormApi.Json(context, rig.NextAnswer());
        };
        var token = rig.Token();
        var lists = Enumerable.Range(0, 50).Select(n => rig.Rpc.ListAsync(token, n % 2 == 0)).ToList();
        await Eventually.TrueAsync(() => rig.Questions.Count > 0, "the question to the authority");
        open.SetResult();
        Assert.All(await Task.WhenAll(lists), list => Assert.Contains("create_request", list.ToolNames));
        Assert.Single(rig.Questions);
        Assert.Single(rig.Forms.Calls);
    }

    [Fact]
    public async Task Twenty_submissions_of_one_caller_at_once_make_one_exchange_where_the_token_has_ended()
    {
        await using var rig = await ExchangeRig.StartAsync(("Schemas:TtlSeconds", "3600"), ("RateLimit:PermitsPerMinute", "0"));
        var token = rig.Token();
        await rig.Rpc.ListAsync(token, true);
        rig.Clock.Advance(TimeSpan.FromSeconds(3541));
        var open = new TaskCompletionSource();
        rig.Tokens.OnSubmit = async context =>
        {
            await open.Task;
            await FakeFormApi.Json(context, rig.NextAnswer());
        };
        var calls = Enumerable.Range(0, 20).Select(_ => rig.Rpc.CallAsync("create_request", Given.Call, token, true)).ToList();
        await Eventually.TrueAsync(() => rig.Questions.Count > 1, "the second question to the authority");
        open.SetResult();
        Assert.All(await Task.WhenAll(calls), call => Assert.False(call.IsError));
        Assert.Equal(2, rig.Questions.Count);
        Assert.All(rig.Forms.Submissions, call => Assert.Equal(rig.Given[1], call.Token));
    }

    [Fact]
    public async Task A_warm_list_asks_neither_the_authority_nor_the_form_api()
    {
        await using var rig = await ExchangeRig.StartAsync(("RateLimit:PermitsPerMinute", "0"));
        var token = rig.Token();
        for (var n = 0; n < 100; n++)
        {
            Assert.Contains("create_request", (await rig.Rpc.ListAsync(token, true)).ToolNames);
        }

        Assert.Single(rig.Questions);
        Assert.Single(rig.Forms.Calls);
    }

    [Fact]
    public async Task Each_form_has_a_token_of_its_own()
    {
        await using var rig = await ExchangeRig.StartAsync(
            ("Forms:1:Tool", "other"),
            ("Forms:1:Url", "http://127.0.0.1:1/"),
            ("Forms:1:Exchange", "TokenExchange"),
            ("Forms:1:Audience", "other-api")
        );
        await rig.Rpc.ListAsync(rig.Token(), true);
        Assert.Equal(["form-api", "other-api"], rig.Questions.Select(question => question["audience"]).Order());
    }

    [Fact]
    public async Task A_form_without_an_exchange_beside_one_with_it_gets_the_callers_own_token()
    {
        await using var plain = await FakeFormApi.StartAsync();
        await using var rig = await ExchangeRig.StartAsync(("Forms:1:Tool", "other"), ("Forms:1:Url", plain.FormUrl));
        var token = rig.Token();
        await rig.Rpc.ListAsync(token, true);
        Assert.Equal(token, Assert.Single(plain.Calls).Token);
        Assert.Equal(rig.Given[0], Assert.Single(rig.Forms.Calls).Token);
    }

    [Fact]
    public async Task Where_no_token_can_be_had_for_a_submission_nothing_is_sent()
    {
        await using var rig = await ExchangeRig.StartAsync(("Schemas:TtlSeconds", "3600"));
        var token = rig.Token();
        await rig.Rpc.ListAsync(token, true);
        rig.Tokens.OnSubmit = ExchangeRig.Refuse("invalid_grant", "consent_required");
        rig.Clock.Advance(TimeSpan.FromSeconds(3541));
        var call = await rig.Rpc.CallAsync("create_request", Given.Call, token, true);
        Assert.Equal("consent_required", call.ErrorCode);
        Assert.Empty(rig.Forms.Submissions);
    }
}
