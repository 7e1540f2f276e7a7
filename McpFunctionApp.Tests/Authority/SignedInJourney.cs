using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Authority.OpenIddictServer;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Journeys;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

namespace McpFunctionApp.Tests.Authority;

/// <summary>A client that is sent to the authority by the app, signs its user in there, and comes back with a token.</summary>
internal static class SignedInJourney
{
    public static Task<Journey> TravelAsync(string client, TestApp app, params IReadOnlyList<JourneyStep> steps) =>
        client.StartsWith("C#", StringComparison.Ordinal)
            ? TravelCSharpAsync(client, app, steps)
            : TravelNodeAsync(client, app, steps);

    private static async Task<Journey> TravelCSharpAsync(string client, TestApp app, IReadOnlyList<JourneyStep> steps)
    {
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = app.Endpoint,
                TransportMode = HttpTransportMode.StreamableHttp,
                OAuth = new ClientOAuthOptions
                {
                    RedirectUri = new Uri(OpenIddictAuthority.Callback),
                    ClientId = OpenIddictAuthority.PublicClient,
                    AuthorizationCallbackHandler = async (context, cancellationToken) =>
                    {
                        var answer = await AgreeAsync(context.AuthorizationUri, cancellationToken);
                        return new AuthorizationResult
                        {
                            Code = answer["code"],
                            Iss = answer["iss"],
                            State = answer["state"],
                        };
                    },
                },
            }
        );
        return await CSharpClient.TravelAsync(transport, JourneyClients.RevisionOf(client), steps);
    }

    /// <summary>The user agrees at once: the answer is the address to which a browser would be sent back.</summary>
    private static async Task<System.Collections.Specialized.NameValueCollection> AgreeAsync(
        Uri page,
        CancellationToken cancellationToken
    )
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(page, cancellationToken);
        return System.Web.HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
    }

    private static async Task<Journey> TravelNodeAsync(string client, TestApp app, IReadOnlyList<JourneyStep> steps)
    {
        var journey = new JsonObject
        {
            ["endpoint"] = app.Endpoint.ToString(),
            ["client"] = client.Contains("1.x", StringComparison.Ordinal) ? "sdk1" : "client2",
            ["era"] = client.EndsWith("handshake", StringComparison.Ordinal) ? "handshake" : "2026-07-28",
            ["callback"] = OpenIddictAuthority.Callback,
            ["steps"] = new JsonArray([.. steps.Select(step => step.ToJson())]),
        };
        return NodeClient.ReadOutcome("authority.mjs", await NodeRig.RunAsync("authority.mjs", journey));
    }
}
