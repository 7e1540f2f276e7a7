using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.HostileApi;

/// <summary>A form that is another one when it is called: the call is judged by the new form, and by nothing of the
/// old.</summary>
public sealed class HostileApiChangeTests : AppTests<WatchedApp>
{
    protected override async Task<WatchedApp> StartAsync()
    {
        var app = await WatchedApp.StartSubmittingAsync(Api, Clock);
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        return app;
    }

    [Fact]
    public async Task Until_the_form_expires_a_call_is_judged_by_the_listed_one()
    {
        Api.ServeFields("""{"paramName":"other","required":true}""");
        Clock.Advance(TimeSpan.FromSeconds(299));
        Assert.False((await CallAsync(Given.Call)).IsError);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_arguments", (await CallAsync(Given.Call)).ErrorCode);
    }

    [Fact]
    public async Task Arguments_of_the_old_form_are_refused_with_what_the_new_one_takes()
    {
        Change("""{"paramName":"title","required":true},{"paramName":"priority","type":"NumberFieldRest"}""");
        var call = await CallAsync(Given.Call);
        Assert.Equal("invalid_arguments", call.ErrorCode);
        Assert.Contains("title: is required", call.Text, StringComparison.Ordinal);
        Assert.Contains("subject: is not a parameter", call.Text, StringComparison.Ordinal);
        Assert.Contains("priority: must be a number", call.Text, StringComparison.Ordinal);
        Assert.Empty(Api.Submissions);
        Assert.False((await CallAsync("""{"title":"Hello","priority":1}""")).IsError);
    }

    [Fact]
    public async Task An_option_is_submitted_with_its_new_value()
    {
        Change(
            """{"paramName":"subject"},{"paramName":"prio","name":"priority"},"""
                + """{"paramName":"priority","type":"CheckBoxFieldRest","options":[{"label":"high","id":"H"}]}"""
        );
        Assert.False((await CallAsync("""{"priority":["high"]}""")).IsError);
        Assert.Equal("""{"priority":["H"]}""", Assert.Single(Api.Submissions).Body);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("""{"paramName":"subject","hidden":true}""", "empty")]
    [InlineData("7", "malformed")]
    public async Task A_form_without_a_usable_field_has_no_tool_to_call_and_says_why(string fields, string reason)
    {
        Change(fields);
        Assert.Equal("form_unavailable", (await CallAsync(Given.Call)).ErrorCode);
        var list = await App.Rpc.ListAsync(Given.Token);
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        Assert.Equal(reason, list.FallbackReason);
        Assert.Empty(Api.Submissions);
    }

    [Fact]
    public async Task A_form_that_is_none_any_more_is_unavailable_and_back_when_it_is_one_again()
    {
        Api.OnForm = context => FakeFormApi.Json(context, "<html>");
        Clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal("form_unavailable", (await CallAsync(Given.Call)).ErrorCode);
        Assert.Empty(Api.Submissions);
        Api.ServeFields(Given.Fields);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False((await CallAsync(Given.Call)).IsError);
    }

    private void Change(string fields)
    {
        Api.ServeFields(fields);
        Clock.Advance(TimeSpan.FromSeconds(300));
    }

    private Task<RpcAnswer> CallAsync(string arguments) => App.Rpc.CallAsync("create_request", arguments, Given.Token);
}
