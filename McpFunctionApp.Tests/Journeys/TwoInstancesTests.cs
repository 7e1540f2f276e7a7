using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>Two instances share the table: what one has fetched the other need not ask for.</summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class TwoInstancesTests(AzuriteServer azurite) : IAsyncLifetime
{
    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task The_second_asks_the_form_api_nothing_and_lists_the_same_bytes()
    {
        _rig.Api.ServeFields(RichForm.Fields);
        var first = await _rig.First.Rpc.ListAsync(Given.Token, perRequest: true);
        await TableRig.DrainAsync(_rig.First);
        var second = await _rig.Second.Rpc.ListAsync(Given.Token, perRequest: true);
        Assert.Equal(first.Body, second.Body);
        Assert.Contains("create_request", second.ToolNames);
        Assert.Single(_rig.Api.FormCalls);
        Assert.Equal(1, (await TableRig.ReportAsync(_rig.Second)).GetProperty("hits").GetProperty("table").GetInt64());
        Assert.Empty(TableRig.Warnings(_rig.Second));
    }

    [NodeFact]
    public async Task A_form_from_the_table_is_validated_and_submitted_as_one_from_the_form_api()
    {
        _rig.Api.ServeFields(RichForm.Fields);
        foreach (var app in (TestApp[])[_rig.First, _rig.Second])
        {
            Assert.False((await app.Rpc.CallAsync("create_request", RichForm.Call, Given.Token)).IsError);
            await TableRig.DrainAsync(app);
        }

        var wrong = await Task.WhenAll(
            _rig.First.Rpc.CallAsync("create_request", RichForm.WrongCall, Given.Token),
            _rig.Second.Rpc.CallAsync("create_request", RichForm.WrongCall, Given.Token)
        );
        Assert.Equal("invalid_arguments", wrong[0].ErrorCode);
        Assert.Equal(wrong[0].Body, wrong[1].Body);
        Assert.Equal([RichForm.Submitted, RichForm.Submitted], _rig.Api.Submissions.Select(call => call.Body));
        Assert.Single(_rig.Api.FormCalls);
    }

    [NodeFact]
    public async Task The_second_keeps_a_form_for_its_remaining_life_only()
    {
        Assert.Equal(300_000, await TableRig.TtlAsync(_rig.First));
        await TableRig.DrainAsync(_rig.First);
        _rig.Advance(100);
        Assert.Equal(200_000, await TableRig.TtlAsync(_rig.Second));
        _rig.Advance(199.5);
        Assert.Equal(500, await TableRig.TtlAsync(_rig.Second));
        Assert.Single(_rig.Api.FormCalls);
        _rig.Advance(0.5);
        Assert.Equal(300_000, await TableRig.TtlAsync(_rig.Second));
        Assert.Equal(2, _rig.Api.FormCalls.Count);
    }

    [NodeFact]
    public async Task The_life_is_counted_from_the_form_apis_answer_on_both()
    {
        _rig.Api.OnForm = context =>
        {
            _rig.Advance(8);
            return FakeFormApi.Json(context, Given.Form);
        };
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(300_000, await TableRig.TtlAsync(_rig.Second));
        _rig.Advance(299.9);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second));
        _rig.Advance(0.1);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
    }

    [NodeFact]
    public async Task A_form_in_the_table_ends_with_its_callers_token()
    {
        var token = Given.Jwt(_rig.Clock.GetUtcNow().AddSeconds(90));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, token));
        _rig.Advance(40);
        Assert.Equal(50_000, await TableRig.TtlAsync(_rig.Second, token));
        _rig.Advance(50);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second, token));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, token));
        Assert.Single(await _rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task Each_instance_finds_what_the_other_has_fetched_for_as_long_as_it_lives()
    {
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(round == 0 ? 1 : 0, await _rig.CallsOfListAsync(round % 2 == 0 ? _rig.First : _rig.Second));
            _rig.Advance(59.9);
        }
    }

    [NodeFact]
    public async Task One_callers_form_never_answers_another_caller()
    {
        _rig.Api.ServeByToken(token =>
            $$"""{"paramName":"of_{{token[..5].TrimEnd('.').Replace('.', '_')}}","type":"TextFieldRest"}"""
        );
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First, Given.Token));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second, Given.OtherToken));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second, Given.Token + "x"));
        var answer = await _rig.First.Rpc.ListAsync(Given.OtherToken);
        Assert.NotNull(answer.Tool("create_request")["inputSchema"]!["properties"]!["of_other"]);
        Assert.Equal(3, _rig.Api.FormCalls.Count);
        Assert.Equal(3, (await _rig.FormRowsAsync()).Count);
    }

    [NodeTheory]
    [InlineData("Schemas:MaxOptions", "1")]
    [InlineData("Schemas:MaxFields", "1")]
    [InlineData("Schemas:MaxSchemaBytes", "2048")]
    [InlineData("Callers:GroupsClaim", "roles")]
    [InlineData("Forms:0:Tool", "other_tool")]
    [InlineData("Forms:0:Url", "{0}?form=2")]
    [InlineData("Forms:0:Url", "{0}%2F")]
    [InlineData("Forms:0:Url", "{0}/")]
    public async Task Instances_whose_settings_shape_the_form_differently_do_not_share(string setting, string value)
    {
        var tool = setting == "Forms:0:Tool" ? value : "create_request";
        var other = await _rig.AddAsync((setting, value.Replace("{0}", _rig.Api.FormUrl, StringComparison.Ordinal)));
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(1, await _rig.CallsOfListAsync(other, tool: tool));
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.Second));
        Assert.Equal(2, (await _rig.FormRowsAsync()).Count);
    }

    [NodeFact]
    public async Task Instances_that_differ_in_settings_without_a_say_in_the_form_share()
    {
        var other = await _rig.AddAsync(
            ("Forms:0:Title", "Another title"),
            ("Schemas:MemoryMegabytes", "1"),
            ("Schemas:MemoryTtlSeconds", "10")
        );
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(0, await _rig.CallsOfListAsync(other));
    }

    [NodeFact]
    public async Task A_failure_is_not_shared()
    {
        _rig.Api.OnForm = FormApiAnswers.Status(503);
        Assert.Equal("unavailable", (await _rig.First.Rpc.ListAsync(Given.Token)).FallbackReason);
        _rig.Api.ServeFields(Given.Fields);
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.Second));
        Assert.Single(await _rig.FormRowsAsync());
    }
}
