using McpFunctionApp.Execution;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Catalog;

/// <summary>A built-in tool that changes nothing: its arguments are checked before it runs.</summary>
internal static class ReadOnlyTool
{
    /// <param name="parameters">What is listed and checked.</param>
    public static CatalogTool Create(
        string name, string title, string description, IReadOnlyList<FormProperty> parameters, JsonElement outputSchema,
        Func<JsonElement, CancellationToken, Task<ToolReply>> run) =>
        Create(name, title, description, parameters, parameters, outputSchema, run);

    /// <param name="listed">What is listed, where the tool itself checks a part of it.</param>
    /// <param name="parameters">What is checked before it runs.</param>
    public static CatalogTool Create(
        string name, string title, string description, IReadOnlyList<FormProperty> listed, IReadOnlyList<FormProperty> parameters, JsonElement outputSchema,
        Func<JsonElement, CancellationToken, Task<ToolReply>> run)
    {
        return new CatalogTool(
            new ListedTool(name, title, description, JsonSchemaWriter.Write(listed), outputSchema, isReadOnly: true),
            (arguments, cancellationToken) =>
            {
                var problems = ArgumentValidator.Validate(parameters, arguments);
                return problems.Count > 0 ? Task.FromResult(ArgumentProblem.Reply(problems)) : run(arguments, cancellationToken);
            });
    }
}
