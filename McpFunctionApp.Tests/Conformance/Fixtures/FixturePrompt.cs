using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>A prompt of the user's messages.</summary>
/// <param name="Arguments">The names of its arguments, all required.</param>
internal sealed record FixturePrompt(
    string Name,
    string Description,
    IReadOnlyList<string> Arguments,
    Func<GetPromptRequestParams, IReadOnlyList<ContentBlock>> Get
)
{
    public Prompt ToPrompt() =>
        new()
        {
            Name = Name,
            Description = Description,
            Arguments = [.. Arguments.Select(argument => new PromptArgument { Name = argument, Required = true })],
        };
}
