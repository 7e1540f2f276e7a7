namespace McpFunctionApp.Tests.Journeys;

/// <summary>A real MCP client that connects to an endpoint, takes some steps and shows what its user gets to see.</summary>
public interface IJourneyClient
{
    /// <param name="authorization">The whole Authorization header, or null for none.</param>
    Task<Journey> TravelAsync(Uri endpoint, string? authorization, params IReadOnlyList<JourneyStep> steps);
}
