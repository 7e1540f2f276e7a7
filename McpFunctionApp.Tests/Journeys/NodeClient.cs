using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>An official TypeScript client, a new one for each journey.</summary>
internal sealed class NodeClient(string script, string era) : IJourneyClient
{
    public async Task<Journey> TravelAsync(Uri endpoint, string? authorization, params IReadOnlyList<JourneyStep> steps)
    {
        var journey = new JsonObject
        {
            ["endpoint"] = endpoint.ToString(),
            ["authorization"] = authorization,
            ["era"] = era,
            ["steps"] = new JsonArray([.. steps.Select(step => step.ToJson())]),
        };
        return ReadOutcome(script, await NodeRig.RunAsync(script, journey));
    }

    /// <summary>What a script answered that ends as journey.mjs does.</summary>
    public static Journey ReadOutcome(string script, JsonElement answered)
    {
        var outcome = JsonObject.Create(answered)!;
        return outcome["error"] is { } failed
            ? throw new InvalidOperationException($"{script} could not connect: {failed}")
            : new Journey(
                (string)outcome["revision"]!,
                [.. outcome["answers"]!.AsArray().Select(answer => new JourneyAnswer(answer!["result"], answer["error"]))]
            );
    }
}
