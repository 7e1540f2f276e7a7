namespace McpFunctionApp.Tests.Authority;

/// <summary>Tests with an authority that exchanges tokens for one form, and with a page where consent is given.</summary>
public abstract class ExchangeTests : IAsyncLifetime
{
    protected ExchangeRig Rig { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Rig = await ExchangeRig.StartAsync(
            ("Forms:0:Scopes:0", "forms"),
            ("Callers:Client:ConsentUrl", "https://login.example/consent?client_id=1")
        );

    public async Task DisposeAsync() => await Rig.DisposeAsync();
}
