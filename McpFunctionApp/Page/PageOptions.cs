namespace McpFunctionApp.Page;

/// <summary>What the page says of this server.</summary>
/// <param name="Version">The program's.</param>
/// <param name="AsksToSignIn">Whether clients are asked to sign in: they then need no token in their settings.</param>
/// <param name="IsDemonstration">Whether the sample's form is offered.</param>
public sealed record PageOptions(string Version, bool AsksToSignIn, bool IsDemonstration);

/// <summary>There where the sample's form is offered.</summary>
public sealed class Demonstration;
