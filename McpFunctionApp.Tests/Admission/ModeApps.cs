using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Admission;

/// <summary>One app for each mode where only the form API can judge a token, for all tests of a class.</summary>
public sealed class ModeApps : ApiTests
{
    public WatchedApp Fallback { get; private set; } = null!;

    public WatchedApp Optional { get; private set; } = null!;

    public WatchedApp Challenge { get; private set; } = null!;

    public WatchedApp ChallengeWithScopes { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Fallback = await StartAsync("Fallback");
        Optional = await StartAsync("Optional");
        Challenge = await StartAsync("Challenge");
        ChallengeWithScopes = await StartAsync(
            "Challenge",
            ("Callers:Scopes:0", "forms.read"),
            ("Callers:Scopes:1", "forms.write")
        );
    }

    public override async Task DisposeAsync()
    {
        foreach (var app in (WatchedApp[])[Fallback, Optional, Challenge, ChallengeWithScopes])
        {
            await app.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override void ServeForm() => Api.ServeOneCaller();

    private Task<WatchedApp> StartAsync(string mode, params (string Name, string? Value)[] more) =>
        WatchedApp.StartAsync(Api, settings: SignInApp.Settings(mode, [.. more, ("RateLimit:PermitsPerMinute", "0")]));
}
