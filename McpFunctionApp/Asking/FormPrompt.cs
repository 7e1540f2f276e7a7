using McpFunctionApp.Arguments;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Lookups;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Asking;

/// <summary>A form as a prompt of the same name as its tool: a command with which a person begins a request.</summary>
public sealed class FormPrompt(ArgumentReader reader, OptionSearches searches)
{
    /// <summary>How many values a completion has at most, as the specification has it.</summary>
    public const int MaxValues = 100;

    private static readonly string[] s_truthValues = ["true", "false"];

    /// <summary>What a person is asked for before the request is begun: the form's required fields.</summary>
    public static IEnumerable<FormProperty> ArgumentsOf(FormSchema schema) =>
        schema.Properties.Where(property => property.Required);

    /// <returns>What the model is told, or what is wrong with the arguments.</returns>
    public (string? Text, string? Problem) Write(FormOptions form, FormSchema schema, JsonElement arguments)
    {
        var (filled, problems) = reader.Read(schema, arguments, "is not an argument of this prompt.");
        if (problems.Count > 0)
        {
            return (null, string.Join('\n', problems.Told.Select(problem => problem.ToString())));
        }

        var given = filled with { Values = filled.Values.RemoveAll(value => value.IsDefault) };
        return (
            $"Use the tool {form.Tool} for me: {form.Title}. These values are known so far; ask me for what else you need, "
                + $"and do not make anything up.\n{given.ToJson().GetRawText()}",
            null
        );
    }

    /// <summary>The values of one argument that begin as somebody has begun to write it.</summary>
    /// <param name="argument">Its name; one without options has none.</param>
    public (IReadOnlyList<string> Values, int Total) Complete(FormSchema schema, string argument, string begun)
    {
        if (ArgumentsOf(schema).FirstOrDefault(property => property.Key == argument) is not { } property)
        {
            return ([], 0);
        }

        if (property.Kind == PropertyKind.Boolean)
        {
            string[] values =
            [
                .. s_truthValues.Where(value => value.StartsWith(begun.Trim(), StringComparison.OrdinalIgnoreCase)),
            ];
            return (values, values.Length);
        }

        var found = property.Options.IsEmpty
            ? new FoundOptions([], 0)
            : searches.Find(property.Options, Quotable.Shorten(begun, FindOptionsTool.MaxQuery), MaxValues);
        return (found.Labels, found.Total);
    }
}
