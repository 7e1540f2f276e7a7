using McpFunctionApp.Asking;
using McpFunctionApp.Catalog;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Endpoint;

/// <summary>Answers what the SDK's server asks for prompts and completions: each form that the caller has is a prompt of its
/// tool's name.</summary>
public sealed class PromptHandlers(FormPrompt prompt)
{
    public static ValueTask<ListPromptsResult> ListAsync(
        RequestContext<ListPromptsRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        var facts = RequestFacts.Of(context.JsonRpcRequest);
        var prompts = facts.Tools.Prompts!;
        return ValueTask.FromResult(
            new ListPromptsResult
            {
                Prompts = [.. prompts.Forms.Where(form => form.Schema is not null).Select(ToPrompt)],
                TimeToLive = facts.IsPerRequest ? prompts.TimeToLive : null,
                CacheScope = facts.IsPerRequest ? CacheScope.Private : null,
            }
        );
    }

    /// <exception cref="McpProtocolException">The caller has no such prompt, or its arguments are wrong.</exception>
    public ValueTask<GetPromptResult> GetAsync(
        RequestContext<GetPromptRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        if (Single(context.JsonRpcRequest) is not { Schema: { } schema } resolved)
        {
            throw Unknown(context.Params.Name, Single(context.JsonRpcRequest)?.Fallback);
        }

        var (text, problem) = prompt.Write(resolved.Form, schema, ArgumentsOf(context.Params));
        return text is null
            ? throw new McpProtocolException(
                $"Invalid arguments of the prompt '{resolved.Form.Tool}':\n{problem}",
                McpErrorCode.InvalidParams
            )
            : ValueTask.FromResult(
                new GetPromptResult
                {
                    Description = resolved.Form.Description,
                    Messages =
                    [
                        new PromptMessage
                        {
                            Role = Role.User,
                            Content = new TextContentBlock { Text = text },
                        },
                    ],
                }
            );
    }

    public ValueTask<CompleteResult> CompleteAsync(
        RequestContext<CompleteRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        var argument = context.Params.Argument;
        if (context.Params.Ref is not PromptReference || Single(context.JsonRpcRequest)?.Schema is not { } schema)
        {
            return ValueTask.FromResult(new CompleteResult());
        }

        var (values, total) = prompt.Complete(schema, argument.Name, argument.Value);
        return ValueTask.FromResult(
            new CompleteResult
            {
                Completion = new Completion
                {
                    Values = [.. values],
                    Total = total,
                    HasMore = total > values.Count,
                },
            }
        );
    }

    private static ResolvedForm? Single(JsonRpcRequest request) =>
        RequestFacts.Of(request).Tools.Prompts is { Forms: [var only, ..] } ? only : null;

    private static Prompt ToPrompt(ResolvedForm resolved) =>
        new()
        {
            Name = resolved.Form.Tool,
            Title = resolved.Form.Title,
            Description = resolved.Form.Description,
            Arguments = [.. FormPrompt.ArgumentsOf(resolved.Schema!).Select(ToArgument)],
        };

    private static PromptArgument ToArgument(FormProperty property) =>
        new()
        {
            Name = property.Key,
            Title = FieldTitle.Of(property),
            Description = property.Description.Length == 0 ? null : property.Description,
            Required = true,
        };

    private static JsonElement ArgumentsOf(GetPromptRequestParams parameters) =>
        JsonSerializer.SerializeToElement(
            parameters.Arguments ?? new Dictionary<string, JsonElement>(),
            RpcJson.TypeOf<IDictionary<string, JsonElement>>()
        );

    /// <summary>A name from outside is shown short and on one line; why a form is missing is for its caller to know.</summary>
    private static McpProtocolException Unknown(string name, ToolFallback? fallback) =>
        new(
            fallback is null
                ? $"Unknown prompt: '{Quotable.Shorten(name, 64)}'."
                : $"Unknown prompt: '{fallback.Tool}'. {fallback.Message}",
            McpErrorCode.InvalidParams
        );
}
