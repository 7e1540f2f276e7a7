using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>Adds to the product's tools, prompts and resources those that the conformance suite asks for by name.</summary>
internal static class SuiteFixtures
{
    public static void AddTo(McpServerOptions options)
    {
        AddTools(
            options.Handlers,
            [.. ContentTools.All, .. NotifyingTools.All, .. AskingTools.All, .. InputTools.All, .. InputStateTools.All]
        );
        AddPrompts(options.Handlers, [.. Prompts.All]);
        Resources.AddTo(options.Handlers);
    }

    private static void AddTools(McpServerHandlers handlers, List<FixtureTool> tools)
    {
        var (list, call) = (handlers.ListToolsHandler!, handlers.CallToolHandler!);
        handlers.ListToolsHandler = async (context, cancellationToken) =>
        {
            var result = await list(context, cancellationToken);
            result.Tools =
            [
                .. result.Tools,
                .. tools.Select(tool => new Tool { Name = tool.Name, Description = tool.Description }),
            ];
            return result;
        };
        handlers.CallToolHandler = (context, cancellationToken) =>
            tools.Find(tool => tool.Name == context.Params.Name) is { } fixture
                ? new ValueTask<CallToolResult>(fixture.CallAsync(context, cancellationToken))
                : call(context, cancellationToken);
    }

    private static void AddPrompts(McpServerHandlers handlers, List<FixturePrompt> prompts)
    {
        var get = handlers.GetPromptHandler!;
        handlers.ListPromptsHandler = (_, _) =>
            ValueTask.FromResult(new ListPromptsResult { Prompts = [.. prompts.Select(prompt => prompt.ToPrompt())] });
        handlers.GetPromptHandler = (context, cancellationToken) =>
            prompts.Find(prompt => prompt.Name == context.Params.Name) is { } fixture
                ? ValueTask.FromResult(
                    new GetPromptResult
                    {
                        Messages =
                        [
                            .. fixture
                                .Get(context.Params)
                                .Select(content => new PromptMessage { Role = Role.User, Content = content }),
                        ],
                    }
                )
                : get(context, cancellationToken);
        handlers.CompleteHandler = (context, _) =>
        {
            string[] values =
            [
                .. new[] { "paris", "park", "party" }.Where(value =>
                    value.StartsWith(context.Params.Argument.Value, StringComparison.Ordinal)
                ),
            ];
            return ValueTask.FromResult(
                new CompleteResult
                {
                    Completion = new Completion
                    {
                        Values = values,
                        Total = values.Length,
                        HasMore = false,
                    },
                }
            );
        };
    }
}
