using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Many callers whose forms are fetched, and expire, at the same moment.</summary>
public sealed class FormSchemasCrowdTests : AppTests<WatchedApp>
{
    private const int Places = 8;
    private const int Callers = 200;

    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(300);

    private int _underWay;
    private int _most;

    protected override void ServeForm() =>
        Api.OnForm = async context =>
        {
            var now = Interlocked.Increment(ref _underWay);
            for (var seen = _most; now > seen; seen = _most)
            {
                Interlocked.CompareExchange(ref _most, now, seen);
            }

            await Task.Delay(1);
            Interlocked.Decrement(ref _underWay);
            await FakeFormApi.Json(context, Given.Form);
        };

    protected override Task<WatchedApp> StartAsync() =>
        WatchedApp.StartAsync(
            Api,
            Clock,
            new() { ["Schemas:MaxConcurrentOriginCalls"] = $"{Places}", ["RateLimit:PermitsPerMinute"] = "0" }
        );

    [Fact]
    public async Task All_whose_forms_expire_at_one_moment_are_served_and_the_form_api_has_as_many_calls_at_once_as_allowed()
    {
        await ListAllAsync();
        Clock.Advance(s_life);
        await ListAllAsync();
        Assert.Equal(2 * Callers, Api.FormCalls.Count);
        Assert.Equal(Places, _most);
    }

    private Task ListAllAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(ListAsync));

    private async Task ListAsync(int caller) =>
        Assert.Contains("create_request", (await App.Rpc.ListAsync($"{Given.Token}-{caller}")).ToolNames);
}
