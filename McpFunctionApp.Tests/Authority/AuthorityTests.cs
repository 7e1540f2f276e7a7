using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>Tests with an authority with real keys beside the form API.</summary>
public abstract class AuthorityTests : ApiTests
{
    public TestAuthority Authority { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Authority = await TestAuthority.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Authority.DisposeAsync();
    }
}
