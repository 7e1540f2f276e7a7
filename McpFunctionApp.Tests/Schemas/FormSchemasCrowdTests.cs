using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Many callers whose forms are fetched, and expire, at the same moment.</summary>
public sealed class FormSchemasCrowdTests : IAsyncLifetime
{
    private const int Places = 8;
    private const int Callers = 200;

    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(300);

    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;
    private WatchedApp _app = null!;
    private int _underWay;
    private int _most;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.OnForm = async context =>
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
        _app = await WatchedApp.StartAsync(
            _api,
            _clock,
            new() { ["Schemas:MaxConcurrentOriginCalls"] = $"{Places}", ["RateLimit:PermitsPerMinute"] = "0" }
        );
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task All_whose_forms_expire_at_one_moment_are_served_and_the_form_api_has_as_many_calls_at_once_as_allowed()
    {
        await ListAllAsync();
        _clock.Advance(s_life);
        await ListAllAsync();
        Assert.Equal(2 * Callers, _api.FormCalls.Count);
        Assert.Equal(Places, _most);
    }

    private Task ListAllAsync() => Task.WhenAll(Enumerable.Range(0, Callers).Select(ListAsync));

    private async Task ListAsync(int caller) =>
        Assert.Contains("create_request", (await _app.Rpc.ListAsync($"{Given.Token}-{caller}")).ToolNames);
}
