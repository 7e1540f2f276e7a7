using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>The product in front of the real sample form API, which another host serves on a port of its own.</summary>
public sealed class SampleWorld : IAsyncLifetime
{
    public const string UserA = "Bearer test-token-user-a";
    public const string UserB = "Bearer test-token-user-b";
    public const string Technician = "Bearer test-token-technician";

    private TestApp? _sample;
    private TestApp? _app;

    public TestApp App => _app!;

    public TestApp Sample => _sample!;

    public ManualClock Clock { get; } = new();

    public async Task InitializeAsync()
    {
        _sample = await StartSampleAsync();
        _app = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = new Uri(_sample.Http.BaseAddress!, "/sample/form").ToString(),
                ["Forms:0:SubmitUrl"] = new Uri(_sample.Http.BaseAddress!, "/sample/requests").ToString(),
            },
            Clock);
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _sample!.DisposeAsync();
    }

    /// <summary>A host that serves the sample as in development; its own form's address leads nowhere and is not used.</summary>
    public static Task<TestApp> StartSampleAsync(TimeProvider? clock = null) => TestApp.StartAsync(
        new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:9/form", ["SampleFormApi:Enabled"] = "true" }, clock, environment: "Development");

    public async Task SwitchAsync(string mode)
    {
        using var answer = await Sample.Http.PutAsync(new Uri($"/sample/mode/{mode}", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What the sample has accepted of a caller, as the caller itself can see it.</summary>
    public async Task<JsonElement> RequestsOfAsync(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sample/requests");
        request.Headers.Add("Authorization", authorization);
        using var answer = await Sample.Http.SendAsync(request);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("requests");
    }
}
