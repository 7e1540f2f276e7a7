using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Sample;

/// <summary>A host that serves the sample form API as in development; its own form's address leads nowhere and is not
/// used.</summary>
public sealed class SampleHost : IAsyncDisposable
{
    public const string UserA = "test-token-user-a";
    public const string UserB = "test-token-user-b";
    public const string Technician = "test-token-technician";

    private readonly TestApp _app;

    private SampleHost(TestApp app) => _app = app;

    public HttpClient Http => _app.Http;

    public string FormUrl => new Uri(Http.BaseAddress!, "/sample/form").ToString();

    public string SubmitUrl => new Uri(Http.BaseAddress!, "/sample/requests").ToString();

    public static async Task<SampleHost> StartAsync(TimeProvider? clock = null) =>
        new(
            await TestApp.StartAsync(
                new Dictionary<string, string?>
                {
                    ["Forms:0:Url"] = "http://127.0.0.1:9/form",
                    ["SampleFormApi:Enabled"] = "true",
                },
                clock,
                environment: "Development"
            )
        );

    public Task<HttpResponseMessage> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public Task<HttpResponseMessage> SubmitAsync(
        string? token,
        string body,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Post,
            "/sample/requests",
            token,
            new StringContent(body, Encoding.UTF8, "application/json"),
            idempotencyKey,
            cancellationToken
        );

    /// <summary>What has been accepted of a caller, as the caller itself can see it.</summary>
    public async Task<IReadOnlyList<JsonElement>> RequestsOfAsync(string token)
    {
        using var answer = await GetAsync("/sample/requests", token);
        answer.EnsureSuccessStatusCode();
        return [.. (await JsonOf(answer)).GetProperty("requests").EnumerateArray()];
    }

    /// <param name="mode">The mode's name, with a query where there is one: <c>slow?seconds=7</c>.</param>
    public async Task<HttpResponseMessage> SwitchAsync(string mode) =>
        await Http.PutAsync(new Uri($"/sample/mode/{mode}", UriKind.Relative), null);

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? token,
        HttpContent? content = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return await Http.SendAsync(request, cancellationToken);
    }
}
