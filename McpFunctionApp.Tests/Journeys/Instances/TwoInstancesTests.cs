using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Journeys.Instances;

/// <summary>Two instances share the table: what one has fetched the other need not ask for.</summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class TwoInstancesTests(AzuriteServer azurite) : TableTests(azurite)
{
    [NodeFact]
    public async Task The_second_asks_the_form_api_nothing_and_lists_the_same_bytes()
    {
        Rig.Api.ServeFields(RichForm.Fields);
        var first = await Rig.First.Rpc.ListAsync(Given.Token, perRequest: true);
        await TableRig.DrainAsync(Rig.First);
        var second = await Rig.Second.Rpc.ListAsync(Given.Token, perRequest: true);
        Assert.Equal(first.Body, second.Body);
        Assert.Contains("create_request", second.ToolNames);
        Assert.Single(Rig.Api.FormCalls);
        Assert.Equal(1, (await TableRig.ReportAsync(Rig.Second)).GetProperty("hits").GetProperty("table").GetInt64());
        Assert.Empty(TableRig.Warnings(Rig.Second));
    }

    [NodeFact]
    public async Task A_form_from_the_table_is_validated_and_submitted_as_one_from_the_form_api()
    {
        Rig.Api.ServeFields(RichForm.Fields);
        foreach (var app in (TestApp[])[Rig.First, Rig.Second])
        {
            Assert.False((await app.Rpc.CallAsync("create_request", RichForm.Call, Given.Token)).IsError);
            await TableRig.DrainAsync(app);
        }

        var wrong = await Task.WhenAll(
            Rig.First.Rpc.CallAsync("create_request", RichForm.WrongCall, Given.Token),
            Rig.Second.Rpc.CallAsync("create_request", RichForm.WrongCall, Given.Token)
        );
        Assert.Equal("invalid_arguments", wrong[0].ErrorCode);
        Assert.Equal(wrong[0].Body, wrong[1].Body);
        Assert.Equal([RichForm.Submitted, RichForm.Submitted], Rig.Api.Submissions.Select(call => call.Body));
        Assert.Single(Rig.Api.FormCalls);
    }

    [NodeFact]
    public async Task The_second_keeps_a_form_for_its_remaining_life_only()
    {
        Assert.Equal(300_000, await TableRig.TtlAsync(Rig.First));
        await TableRig.DrainAsync(Rig.First);
        Rig.Advance(100);
        Assert.Equal(200_000, await TableRig.TtlAsync(Rig.Second));
        Rig.Advance(199.5);
        Assert.Equal(500, await TableRig.TtlAsync(Rig.Second));
        Assert.Single(Rig.Api.FormCalls);
        Rig.Advance(0.5);
        Assert.Equal(300_000, await TableRig.TtlAsync(Rig.Second));
        Assert.Equal(2, Rig.Api.FormCalls.Count);
    }

    [NodeFact]
    public async Task The_life_is_counted_from_the_form_apis_answer_on_both()
    {
        Rig.Api.OnForm = context =>
        {
            Rig.Advance(8);
            return FakeFormApi.Json(context, Given.Form);
        };
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(300_000, await TableRig.TtlAsync(Rig.Second));
        Rig.Advance(299.9);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
        Rig.Advance(0.1);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
    }

    [NodeFact]
    public async Task A_form_in_the_table_ends_with_its_callers_token()
    {
        var token = Given.Jwt(Rig.Clock.GetUtcNow().AddSeconds(90));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, token));
        Rig.Advance(40);
        Assert.Equal(50_000, await TableRig.TtlAsync(Rig.Second, token));
        Rig.Advance(50);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second, token));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, token));
        Assert.Single(await Rig.FormRowsAsync());
    }

    [NodeFact]
    public async Task Each_instance_finds_what_the_other_has_fetched_for_as_long_as_it_lives()
    {
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(round == 0 ? 1 : 0, await Rig.CallsOfListAsync(round % 2 == 0 ? Rig.First : Rig.Second));
            Rig.Advance(59.9);
        }
    }

    [NodeFact]
    public async Task One_callers_form_never_answers_another_caller()
    {
        Rig.Api.ServeByToken(token =>
            $$"""{"paramName":"of_{{token[..5].TrimEnd('.').Replace('.', '_')}}","type":"TextFieldRest"}"""
        );
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, Given.Token));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second, Given.OtherToken));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second, Given.Token + "x"));
        var answer = await Rig.First.Rpc.ListAsync(Given.OtherToken);
        Assert.NotNull(answer.Tool("create_request")["inputSchema"]!["properties"]!["of_other"]);
        Assert.Equal(3, Rig.Api.FormCalls.Count);
        Assert.Equal(3, (await Rig.FormRowsAsync()).Count);
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
        var other = await Rig.AddAsync((setting, value.Replace("{0}", Rig.Api.FormUrl, StringComparison.Ordinal)));
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(1, await Rig.CallsOfListAsync(other, tool: tool));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
        Assert.Equal(2, (await Rig.FormRowsAsync()).Count);
    }

    [NodeFact]
    public async Task Instances_that_differ_in_settings_without_a_say_in_the_form_share()
    {
        var other = await Rig.AddAsync(
            ("Forms:0:Title", "Another title"),
            ("Schemas:MemoryMegabytes", "1"),
            ("Schemas:MemoryTtlSeconds", "10")
        );
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(0, await Rig.CallsOfListAsync(other));
    }

    [NodeFact]
    public async Task A_failure_is_not_shared()
    {
        Rig.Api.OnForm = FormApiAnswers.Status(503);
        Assert.Equal("unavailable", (await Rig.First.Rpc.ListAsync(Given.Token)).FallbackReason);
        Rig.Api.ServeFields(Given.Fields);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        Assert.Single(await Rig.FormRowsAsync());
    }
}
