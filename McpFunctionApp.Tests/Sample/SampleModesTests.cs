using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Sample;

public sealed class SampleModesTests : IAsyncLifetime
{
    private readonly StoppedTimers _timers = new();
    private SampleHost _host = null!;

    public async Task InitializeAsync() => _host = await SampleHost.StartAsync(_timers);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("down", HttpStatusCode.ServiceUnavailable, "application/json")]
    [InlineData("busy", HttpStatusCode.TooManyRequests, "application/json")]
    [InlineData("malformed", HttpStatusCode.OK, "text/html")]
    [InlineData("rejecting", HttpStatusCode.Unauthorized, "application/json")]
    public async Task A_mode_changes_every_answer_until_normal_is_back(string mode, HttpStatusCode status, string contentType)
    {
        using var turned = await _host.SwitchAsync(mode);
        Assert.Equal($$"""{"mode":"{{mode}}","seconds":0}""", await turned.Content.ReadAsStringAsync());
        using var form = await _host.GetAsync("/sample/form", SampleHost.UserA);
        using var submission = await _host.SubmitAsync(SampleHost.UserA, """{"subject":"one"}""");
        Assert.All(
            [form, submission],
            answer => Assert.Equal((status, contentType), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType))
        );
        Assert.Equal(mode == "busy" ? TimeSpan.FromSeconds(2) : null, form.Headers.RetryAfter?.Delta);
        Assert.Equal(mode == "rejecting" ? "Bearer" : "", form.Headers.WwwAuthenticate.ToString());

        using var back = await _host.SwitchAsync("normal");
        using var normal = await _host.GetAsync("/sample/form", SampleHost.UserA);
        Assert.Equal(HttpStatusCode.OK, normal.StatusCode);
        Assert.Empty(await _host.RequestsOfAsync(SampleHost.UserA));
    }

    [Theory]
    [InlineData("slow", 3)]
    [InlineData("slow?seconds=7", 7)]
    [InlineData("SLOW?seconds=60", 60)]
    public async Task In_slow_an_answer_waits_for_its_seconds(string mode, int seconds)
    {
        using var turned = await _host.SwitchAsync(mode);
        Assert.Equal($$"""{"mode":"slow","seconds":{{seconds}}}""", await turned.Content.ReadAsStringAsync());
        var asked = _host.GetAsync("/sample/form", SampleHost.UserA);
        var wait = await _timers.NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(seconds), wait.Due);
        Assert.False(asked.IsCompleted);
        wait.Fire();
        using var answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_client_that_gives_up_on_a_slow_answer_has_submitted_all_the_same()
    {
        using var slow = await _host.SwitchAsync("slow");
        using var patience = new CancellationTokenSource();
        var submission = _host.SubmitAsync(SampleHost.UserA, """{"subject":"one"}""", cancellationToken: patience.Token);
        await _timers.NextAsync();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submission);

        using var normal = await _host.SwitchAsync("normal");
        Assert.Single(await _host.RequestsOfAsync(SampleHost.UserA));
    }

    [Theory]
    [InlineData("sleepy")]
    [InlineData("slow?seconds=0")]
    [InlineData("slow?seconds=61")]
    [InlineData("slow?seconds=1.5")]
    [InlineData("slow?seconds=")]
    public async Task A_mode_that_there_is_not_changes_nothing(string mode)
    {
        using var refused = await _host.SwitchAsync(mode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(
            """{"mode":"normal","seconds":0}""",
            await _host.Http.GetStringAsync(new Uri("/sample/mode", UriKind.Relative))
        );
    }

    [Theory]
    [InlineData("down", "unavailable", "form_unavailable")]
    [InlineData("busy", "busy", "form_unavailable")]
    [InlineData("malformed", "malformed", "form_unavailable")]
    [InlineData("rejecting", "rejected", "token_rejected")]
    public async Task The_server_in_front_of_it_gives_the_reason_of_each_mode(string mode, string reason, string code)
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = _host.FormUrl, ["Forms:0:SubmitUrl"] = _host.SubmitUrl }
        );
        using var turned = await _host.SwitchAsync(mode);
        var list = await app.Rpc.ListAsync(SampleHost.UserA);
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        Assert.Equal(reason, list.FallbackReason);
        Assert.Equal(code, (await app.Rpc.CallAsync("create_request", """{"subject":"one"}""", SampleHost.UserA)).ErrorCode);
    }

    [Theory]
    [InlineData("down", 503, "submission_failed")]
    [InlineData("busy", 429, "submission_failed")]
    [InlineData("rejecting", 401, "submission_failed")]
    [InlineData("malformed", 200, "submission_outcome_unknown")]
    public async Task A_submission_that_meets_a_mode_has_failed(string mode, int status, string code)
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = _host.FormUrl, ["Forms:0:SubmitUrl"] = _host.SubmitUrl }
        );
        await app.Rpc.ListAsync(SampleHost.UserA);
        using var turned = await _host.SwitchAsync(mode);
        var call = await app.Rpc.CallAsync("create_request", """{"subject":"one"}""", SampleHost.UserA);
        Assert.Equal(code, call.ErrorCode);
        Assert.Contains($"{status}", call.Text, StringComparison.Ordinal);
    }
}
