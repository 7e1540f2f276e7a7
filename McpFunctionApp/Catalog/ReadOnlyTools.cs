using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Catalog;

/// <summary>Makes built-in tools that change nothing: their arguments are read and checked before they run.</summary>
internal sealed class ReadOnlyTools(ArgumentReader reader)
{
    /// <param name="parameters">What is listed and checked.</param>
    /// <param name="run">Gets an object of the values as they were read.</param>
    /// <param name="refuse">What is answered where there are problems; null: the problems.</param>
    public CatalogTool Create(
        string name,
        string title,
        string description,
        IReadOnlyList<FormProperty> parameters,
        JsonElement? outputSchema,
        Func<JsonElement, CancellationToken, Task<ToolReply>> run,
        Func<ArgumentProblems, ToolReply>? refuse = null
    )
    {
        var schema = new FormSchema([.. parameters], "");
        return new CatalogTool(
            new ListedTool(name, title, description, () => schema.InputSchema, outputSchema, isReadOnly: true),
            (arguments, cancellationToken) =>
            {
                var (filled, problems) = reader.Read(schema, arguments, ArgumentReader.Unknown);
                return problems.Count == 0
                    ? run(filled.ToJson(), cancellationToken)
                    : Task.FromResult(refuse?.Invoke(problems) ?? problems.ToReply());
            }
        );
    }
}
