using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace McpFunctionApp.Tests.Authority;

/// <summary>
/// The app between an authority with real keys, a token endpoint that answers what a test says, and a form API; by a clock
/// that the test moves. At its end no log line and no answer may hold a part of a token, be it the caller's or an exchanged one.
/// </summary>
public sealed class ExchangeRig : IAsyncDisposable
{
    public const string Secret = "the-secret-of-this-server.Yw8Kd3";

    private readonly List<string> _given = [];
    private WatchedApp _app = null!;

    private ExchangeRig(TestAuthority authority, FakeFormApi tokens, FakeFormApi forms) =>
        (Authority, Tokens, Forms) = (authority, tokens, forms);

    public TestAuthority Authority { get; }

    /// <summary>The token endpoint; by default each question is answered with another token, which lives for an hour.</summary>
    public FakeFormApi Tokens { get; }

    public FakeFormApi Forms { get; }

    public ManualClock Clock { get; } = new();

    public RpcClient Rpc => _app.Rpc;

    public HttpClient Http => _app.Http;

    public LogCollector Log => _app.Log;

    /// <summary>The exchanged tokens, in the order in which they were given.</summary>
    public IReadOnlyList<string> Given
    {
        get
        {
            lock (_given)
            {
                return [.. _given];
            }
        }
    }

    /// <summary>What the token endpoint was asked.</summary>
    public IReadOnlyList<Dictionary<string, string>> Questions => [.. Tokens.Submissions.Select(call => Parameters(call.Body))];

    public static async Task<ExchangeRig> StartAsync(params (string Name, string? Value)[] settings)
    {
        var rig = new ExchangeRig(
            await TestAuthority.StartAsync(),
            await FakeFormApi.StartAsync(),
            await FakeFormApi.StartAsync()
        );
        rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, rig.NextAnswer());
        rig.Forms.ServeFields(Infrastructure.Given.Fields);
        var all = rig.Authority.Settings(
            "Optional",
            ("Callers:Client:Id", "this-server"),
            ("Callers:Client:TokenUrl", $"{rig.Tokens.Address}/token"),
            ("Forms:0:Exchange", "TokenExchange"),
            ("Forms:0:Audience", "form-api")
        );
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        if (!all.Keys.Any(name => name is "Callers:Client:KeyFile" or "Callers:Client:ManagedIdentity"))
        {
            all["Callers:Client:Secret"] = Secret;
        }

        rig._app = await WatchedApp.StartSubmittingAsync(rig.Forms, rig.Clock, all);
        return rig;
    }

    public string Token(string claims = "", int to = 7200) =>
        SigningKey.Rsa.Sign(Authority.Payload(Clock.GetUtcNow(), claims, to: to));

    /// <summary>An answer with a token that nobody has seen before.</summary>
    public string NextAnswer(int expiresIn = 3600) => Answer(NextToken(), new JsonObject { ["expires_in"] = expiresIn });

    public string NextToken()
    {
        lock (_given)
        {
            _given.Add($"exchanged-{_given.Count}.{Guid.NewGuid():N}.{Guid.NewGuid():N}");
            return _given[^1];
        }
    }

    /// <summary>A token answer of RFC 8693 with these members in the place of its own.</summary>
    public static string Answer(string? token, JsonObject? more = null)
    {
        var answer = new JsonObject
        {
            ["access_token"] = token,
            ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
            ["token_type"] = "Bearer",
            ["expires_in"] = 3600,
        };
        foreach (var (name, value) in more ?? [])
        {
            answer[name] = value?.DeepClone();
        }

        return answer.ToJsonString();
    }

    public static Func<HttpContext, Task> Refuse(
        string error,
        string? suberror = null,
        int status = 400,
        string description = "It says why."
    ) =>
        context =>
            FakeFormApi.Json(
                context,
                new JsonObject
                {
                    ["error"] = error,
                    ["suberror"] = suberror,
                    ["error_description"] = description,
                }.ToJsonString(),
                status
            );

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        TokenLeaks.AssertNone(Log.Lines.Select(line => line.Text), [.. Given, Secret]);
        await Forms.DisposeAsync();
        await Tokens.DisposeAsync();
        await Authority.DisposeAsync();
    }

    private static Dictionary<string, string> Parameters(string body) =>
        QueryHelpers.ParseQuery(body).ToDictionary(parameter => parameter.Key, parameter => parameter.Value.Single()!);
}
