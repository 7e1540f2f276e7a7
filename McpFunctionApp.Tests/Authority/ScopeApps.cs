using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>An app for each mode that asks callers to sign in, which require a scope, for all tests of a class.</summary>
public sealed class ScopeApps : AuthorityTests
{
    public WatchedApp Optional { get; private set; } = null!;

    public WatchedApp Challenge { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Optional = await StartAsync("Optional");
        Challenge = await StartAsync("Challenge");
    }

    public override async Task DisposeAsync()
    {
        await Optional.DisposeAsync();
        await Challenge.DisposeAsync();
        await base.DisposeAsync();
    }

    private Task<WatchedApp> StartAsync(string mode) =>
        WatchedApp.StartAsync(
            Api,
            Clock,
            Authority.Settings(
                mode,
                ("Callers:RequiredScopes", "forms.read"),
                ("Callers:Scopes:0", "api://forms/forms.read"),
                ("RateLimit:PermitsPerMinute", "0")
            )
        );
}
