using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>The official C# client, held to one revision.</summary>
internal sealed class CSharpClient(string revision) : IJourneyClient
{
    public async Task<Journey> TravelAsync(Uri endpoint, string? authorization, params IReadOnlyList<JourneyStep> steps)
    {
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = endpoint,
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = authorization is null
                    ? null
                    : new Dictionary<string, string> { ["Authorization"] = authorization },
            }
        );
        return await TravelAsync(transport, revision, steps);
    }

    /// <summary>The same by a transport that signs its user in by itself.</summary>
    public static async Task<Journey> TravelAsync(
        HttpClientTransport transport,
        string revision,
        IReadOnlyList<JourneyStep> steps
    )
    {
        await using var client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = revision });
        var answers = new List<JourneyAnswer>();
        foreach (var step in steps)
        {
            answers.Add(await TakeAsync(client, step));
        }

        return new Journey(client.NegotiatedProtocolVersion!, answers);
    }

    private static async Task<JourneyAnswer> TakeAsync(McpClient client, JourneyStep step)
    {
        try
        {
            return step.Tool is { } tool
                ? Of(await client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = ArgumentsOf(step) }))
                : Of(await client.ListToolsAsync(new ListToolsRequestParams()));
        }
        catch (McpException e)
        {
            return new JourneyAnswer(
                null,
                new JsonObject
                {
                    ["name"] = e.GetType().Name,
                    ["message"] = e.Message,
                    ["code"] = (int?)(e as McpProtocolException)?.ErrorCode,
                }
            );
        }
    }

    private static Dictionary<string, JsonElement> ArgumentsOf(JourneyStep step) =>
        JsonElement.Parse(step.Arguments).EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value);

    private static JourneyAnswer Of<T>(T result) =>
        new(JsonSerializer.SerializeToNode(result, McpJsonUtilities.DefaultOptions), null);
}
