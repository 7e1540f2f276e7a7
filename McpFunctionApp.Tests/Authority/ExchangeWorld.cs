using McpFunctionApp.Tests.Authority.OpenIddictServer;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Stress;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Authority;

/// <summary>The app between a real authority and a form API that accepts tokens of its own audience alone, and gives each user a
/// field of their own.</summary>
public sealed class ExchangeWorld : IAsyncDisposable
{
    private ExchangeWorld(OpenIddictAuthority authority, FakeFormApi forms, ManualClock clock) =>
        (Authority, Forms, Clock) = (authority, forms, clock);

    public OpenIddictAuthority Authority { get; }

    public FakeFormApi Forms { get; }

    public ManualClock Clock { get; }

    public TestApp App { get; private set; } = null!;

    /// <param name="grant"><c>TokenExchange</c> or <c>OnBehalfOf</c>.</param>
    public static async Task<ExchangeWorld> StartAsync(string grant, params (string Name, string? Value)[] settings)
    {
        var clock = new ManualClock();
        var world = new ExchangeWorld(await OpenIddictAuthority.StartAsync(clock), await FakeFormApi.StartAsync(), clock);
        world.Forms.OnForm = context =>
            world.AnswerAsync(
                context,
                user =>
                    $$"""{"fieldList":[{"name":"Of """
                    + $$"""{{user}}","paramName":"of_{{user}}","type":"TextFieldRest","required":true}]}"""
            );
        world.Forms.OnSubmit = context =>
            world.AnswerAsync(context, user => $$"""{"id":"request-of-{{user}}","status":"open"}""");
        var all = EveryLogLine.Settings(
            ("Callers:Mode", "Challenge"),
            ("Callers:Authority", world.Authority.Address),
            ("Callers:Audience", OpenIddictAuthority.ServerAudience),
            ("Callers:Scopes:0", "forms.read"),
            ("Callers:RequiredScopes:0", "forms.read"),
            ("Callers:Client:Id", OpenIddictAuthority.ServerClient),
            ("Callers:Client:ConsentUrl", "https://login.example/consent"),
            ("Forms:0:Exchange", grant),
            ("Forms:0:Scopes:0", "forms"),
            ("Forms:0:SubmitUrl", world.Forms.SubmitUrl),
            ("RateLimit:PermitsPerMinute", "0")
        );
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        if (!all.ContainsKey("Callers:Client:KeyFile"))
        {
            all["Callers:Client:Secret"] = OpenIddictAuthority.ServerSecret;
        }

        world.App = await TestApp.StartAsync(world.Forms, clock, all);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Forms.DisposeAsync();
        await Authority.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, Func<string, string> answerOf)
    {
        var user = FakeFormApi.TokenOf(context) is { } token
            ? await Authority.Tokens.UserOfAsync(token, OpenIddictAuthority.FormAudience)
            : null;
        await (
            user is null
                ? FakeFormApi.Json(context, """{"error":"not a token for this API"}""", 401)
                : FakeFormApi.Json(context, answerOf(user))
        );
    }
}
