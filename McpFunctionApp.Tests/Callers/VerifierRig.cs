using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Callers;

/// <summary>The check of tokens as the product has it, in front of an authority with real keys, by a clock that the test
/// moves.</summary>
public sealed class VerifierRig : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private VerifierRig(TestAuthority authority)
    {
        Authority = authority;
        var options = CallerOptions
            .Read(Configured.Reader([.. authority.Settings("Fallback").Select(setting => (setting.Key, setting.Value))]))
            .Authority!;
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Trace))
            .AddAuthorityHttp()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(options)
            .AddSingleton<AuthorityKeys>()
            .AddSingleton<TokenVerifier>()
            .BuildServiceProvider();
    }

    public TestAuthority Authority { get; }

    public ManualClock Clock { get; } = new();

    public LogCollector Log { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public ILogger<T> Logger<T>() => _services.GetRequiredService<ILogger<T>>();

    public static async Task<VerifierRig> StartAsync() => new(await TestAuthority.StartAsync());

    public async Task<Caller> CheckAsync(string token) =>
        await _services.GetRequiredService<TokenVerifier>().CheckAsync(Caller.FromToken(token, "groups"), CancellationToken.None);

    public async Task AssertRefusedAsync(string token, string finding)
    {
        var caller = await CheckAsync(token);
        Assert.Equal(TokenStanding.Refused, caller.Standing);
        Assert.Equal(finding, caller.Finding);
        Assert.False(caller.MayBeSentOn);
    }

    public async Task AssertVerifiedAsync(string token) =>
        Assert.Equal(("", TokenStanding.Verified), Both(await CheckAsync(token)));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Authority.DisposeAsync();
    }

    private static (string, TokenStanding) Both(Caller caller) => (caller.Finding, caller.Standing);
}
