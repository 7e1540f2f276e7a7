using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace McpFunctionApp.Tests.Execution;

/// <summary>The process is told to stop while a form API has a submission and has not answered it.</summary>
public sealed class SubmissionsUnderWayTests
{
    [Theory]
    [InlineData("10", null, 30)]
    [InlineData("60", null, 65)]
    [InlineData("10", "120", 125)]
    public void Stopping_has_the_time_of_the_longest_form_and_30_seconds_at_least(string first, string? second, int expected)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Forms:0:Url"] = "https://forms.example/a",
            ["Forms:0:TimeoutSeconds"] = first,
        };
        if (second is not null)
        {
            settings["Forms:1:Url"] = "https://forms.example/b";
            settings["Forms:1:Tool"] = "other";
            settings["Forms:1:TimeoutSeconds"] = second;
        }

        using var services = new ServiceCollection()
            .AddMcpFunctionApp(Configured.Reader([.. settings.Select(one => (one.Key, one.Value))]))
            .BuildServiceProvider();
        Assert.Equal(TimeSpan.FromSeconds(expected), services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    [LinuxFact]
    public async Task SIGTERM_waits_for_the_answer_and_logs_the_key_at_the_beginning_and_at_the_end()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var api = await StartApiAsync(gate.Task);
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var app = await AppProcess.RunAsync([
            "--urls",
            url,
            "--Forms:0:Url",
            api.FormUrl,
            "--Forms:0:SubmitUrl",
            api.SubmitUrl,
        ]);
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var calling = new RpcClient(http).CallAsync("create_request", Given.Call, Given.Token);
        await Eventually.TrueAsync(() => api.Submissions.Count == 1, "the form API has the submission");
        using (var kill = System.Diagnostics.Process.Start("kill", $"-TERM {app.Id}"))
        {
            await kill.WaitForExitAsync();
        }

        await Eventually.TrueAsync(() => app.Output.Contains("[2002]", StringComparison.Ordinal), "the stop is logged");
        gate.SetResult();
        Assert.False((await calling).IsError);
        var key = Assert.Single(api.Submissions).Headers["Idempotency-Key"].ToString();
        await Eventually.TrueAsync(() => app.Output.Contains("[2003]", StringComparison.Ordinal), "the end is logged");
        Assert.Equal(2, app.Output.Split('\n').Count(line => line.Contains(key, StringComparison.Ordinal)));
        Assert.DoesNotContain("[2004]", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_waited_for_any_longer_is_logged_as_lost()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var api = await StartApiAsync(gate.Task);
        var app = await TestApp.StartAsync(
            api,
            settings: new() { ["Forms:0:SubmitUrl"] = api.SubmitUrl },
            services: services => services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(0.5))
        );
        using var client = new HttpClient { BaseAddress = app.Http.BaseAddress };
        var calling = new RpcClient(client).CallAsync("create_request", Given.Call, Given.Token);
        await Eventually.TrueAsync(() => api.Submissions.Count == 1, "the form API has the submission");
        await Record.ExceptionAsync(() => app.DisposeAsync().AsTask());
        var key = Assert.Single(api.Submissions).Headers["Idempotency-Key"].ToString();
        Assert.Contains(key, Assert.Single(app.Log.Of(2002)).Text, StringComparison.Ordinal);
        Assert.Contains(key, Assert.Single(app.Log.Of(2004)).Text, StringComparison.Ordinal);
        TokenLeaks.AssertNone(app.Log.Lines.Select(line => line.Text), [Given.Token]);
        gate.SetResult();
        await Record.ExceptionAsync(() => calling);
    }

    [Fact]
    public async Task While_nothing_stops_nothing_is_logged()
    {
        await using var api = await StartApiAsync(Task.CompletedTask);
        await using var app = await TestApp.StartAsync(api, settings: new() { ["Forms:0:SubmitUrl"] = api.SubmitUrl });
        Assert.False((await app.Rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
        await app
            .Services.GetRequiredService<McpFunctionApp.Execution.SubmissionsUnderWay>()
            .StoppingAsync(CancellationToken.None);
        Assert.DoesNotContain(app.Log.Lines, line => line.EventId is 2002 or 2003 or 2004);
    }

    private static async Task<FakeFormApi> StartApiAsync(Task gate)
    {
        var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        var submit = api.OnSubmit;
        api.OnSubmit = async context =>
        {
            await gate;
            await submit(context);
        };
        return api;
    }
}
