namespace McpFunctionApp.Tests.Callers;

/// <summary>Tests with the check of tokens and an authority: anew for every test, or once for all tests of a class that has
/// <see cref="SharedVerifier"/> as its fixture.</summary>
public abstract class VerifierTests : IAsyncLifetime
{
    public VerifierRig Rig { get; private set; } = null!;

    /// <summary>What a token says that is let pass if it is signed.</summary>
    public string Good => Rig.Authority.Payload(Rig.Now);

    public async Task InitializeAsync() => Rig = await VerifierRig.StartAsync();

    public async Task DisposeAsync() => await Rig.DisposeAsync();
}

public sealed class SharedVerifier : VerifierTests;
