using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>Prompts with each kind of content, with arguments, and one that asks for input first.</summary>
internal static class Prompts
{
    public static IEnumerable<FixturePrompt> All =>
        [
            new("test_simple_prompt", "A text", [], _ => [Sample.Text("This is a simple prompt for testing.")]),
            new(
                "test_prompt_with_arguments",
                "A text with two arguments",
                ["arg1", "arg2"],
                prompt =>
                    [Sample.Text($"Prompt with arguments: arg1='{Argument(prompt, "arg1")}', arg2='{Argument(prompt, "arg2")}'")]
            ),
            new(
                "test_prompt_with_embedded_resource",
                "A resource and a text",
                ["resourceUri"],
                prompt =>
                    [
                        Sample.Resource(Argument(prompt, "resourceUri"), "text/plain", "Embedded resource content for testing."),
                        Sample.Text("Please process the embedded resource above."),
                    ]
            ),
            new(
                "test_prompt_with_image",
                "An image and a text",
                [],
                _ => [Sample.Image(), Sample.Text("Please analyze the image above.")]
            ),
            new("test_input_required_result_prompt", "Asks for a context", [], AskContext),
        ];

    private static IReadOnlyList<ContentBlock> AskContext(GetPromptRequestParams prompt) =>
        prompt.Accepted("user_context", "context") is { } context
            ? [Sample.Text($"Context: {context}")]
            : throw Input.Required(("user_context", Input.Text("What context should the prompt use?", "context")));

    private static string Argument(GetPromptRequestParams prompt, string name) => prompt.Arguments![name].GetString()!;
}
