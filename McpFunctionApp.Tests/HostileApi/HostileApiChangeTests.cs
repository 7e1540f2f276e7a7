using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.HostileApi;

/// <summary>A form that is another one when it is called: the call is judged by the new form, and by nothing of the
/// old.</summary>
public sealed class HostileApiChangeTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;
    private WatchedApp _app = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.ServeFields(Given.Fields);
        _app = await WatchedApp.StartSubmittingAsync(_api, _clock);
        Assert.Contains("create_request", (await _app.Rpc.ListAsync(Given.Token)).ToolNames);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Until_the_form_expires_a_call_is_judged_by_the_listed_one()
    {
        _api.ServeFields("""{"paramName":"other","required":true}""");
        _clock.Advance(TimeSpan.FromSeconds(299));
        Assert.False((await CallAsync(Given.Call)).IsError);
        _clock.Advance(TimeSpan.FromSeconds(1));
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
        Assert.Empty(_api.Submissions);
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
        Assert.Equal("""{"priority":["H"]}""", Assert.Single(_api.Submissions).Body);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("""{"paramName":"subject","hidden":true}""", "empty")]
    [InlineData("7", "malformed")]
    public async Task A_form_without_a_usable_field_has_no_tool_to_call_and_says_why(string fields, string reason)
    {
        Change(fields);
        Assert.Equal("form_unavailable", (await CallAsync(Given.Call)).ErrorCode);
        var list = await _app.Rpc.ListAsync(Given.Token);
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        Assert.Equal(reason, list.FallbackReason);
        Assert.Empty(_api.Submissions);
    }

    [Fact]
    public async Task A_form_that_is_none_any_more_is_unavailable_and_back_when_it_is_one_again()
    {
        _api.OnForm = context => FakeFormApi.Json(context, "<html>");
        _clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal("form_unavailable", (await CallAsync(Given.Call)).ErrorCode);
        Assert.Empty(_api.Submissions);
        _api.ServeFields(Given.Fields);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False((await CallAsync(Given.Call)).IsError);
    }

    private void Change(string fields)
    {
        _api.ServeFields(fields);
        _clock.Advance(TimeSpan.FromSeconds(300));
    }

    private Task<RpcAnswer> CallAsync(string arguments) => _app.Rpc.CallAsync("create_request", arguments, Given.Token);
}
