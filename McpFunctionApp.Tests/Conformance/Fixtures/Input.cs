using ModelContextProtocol.Protocol;

// The suite asks for sampling and roots all the same.
#pragma warning disable MCP9005 // Deprecated as of 2026-07-28
namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>What a tool or prompt may ask of the client before it goes on, and how it reads the answers of the next
/// round.</summary>
internal static class Input
{
    public static InputRequest Text(string message, string property) =>
        Elicitation(message, property, new ElicitRequestParams.StringSchema());

    public static InputRequest Confirmation(string message, string property) =>
        Elicitation(message, property, new ElicitRequestParams.BooleanSchema());

    public static InputRequest Sampling(string question, int maxTokens) =>
        InputRequest.ForSampling(
            new CreateMessageRequestParams
            {
                Messages = [new SamplingMessage { Role = Role.User, Content = [Sample.Text(question)] }],
                MaxTokens = maxTokens,
            }
        );

    public static InputRequest Roots() => InputRequest.ForRootsList(new ListRootsRequestParams());

    public static InputRequiredException Required(params (string Key, InputRequest Request)[] requests) =>
        Required(null, requests);

    public static InputRequiredException Required(string? state, params (string Key, InputRequest Request)[] requests) =>
        new(requests.ToDictionary(request => request.Key, request => request.Request), state);

    /// <summary>The client's answer, an object; null where it gave none, or one that is none.</summary>
    public static JsonElement? Answer(this RequestParams parameters, string key) =>
        parameters.InputResponses is { } answers
        && answers.TryGetValue(key, out var answer)
        && answer.RawValue is { ValueKind: JsonValueKind.Object } value
            ? value
            : null;

    /// <summary>What the user has accepted to tell.</summary>
    public static JsonElement? Accepted(this RequestParams parameters, string key, string property) =>
        parameters.Answer(key) is { } answer
        && answer.TryGetProperty("action", out var action)
        && action.ValueEquals("accept")
        && answer.TryGetProperty("content", out var content)
        && content.TryGetProperty(property, out var value)
            ? value
            : null;

    /// <summary>Whether the request says that its client has a capability.</summary>
    public static bool Declares(RequestParams parameters, string capability) =>
        parameters.Meta?["io.modelcontextprotocol/clientCapabilities"]?[capability] is not null;

    private static InputRequest Elicitation(
        string message,
        string property,
        ElicitRequestParams.PrimitiveSchemaDefinition schema
    ) =>
        InputRequest.ForElicitation(
            new ElicitRequestParams
            {
                Message = message,
                RequestedSchema = new()
                {
                    Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { [property] = schema },
                    Required = [property],
                },
            }
        );
}
