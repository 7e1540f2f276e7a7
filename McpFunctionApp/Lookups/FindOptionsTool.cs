using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Lookups;

/// <summary>Looks for options in lists that are too long to be listed.</summary>
public sealed class FindOptionsTool(ArgumentReader reader, OptionSearches searches)
{
    /// <summary>How many labels an answer has at most.</summary>
    public const int MaxLabels = 20;

    private const string Field = "field";
    private const string Query = "query";
    internal const int MaxQuery = 200;

    // Together with the draft's tool a caller's list grows by no more than a kilobyte.
    private const int MaxNamesBytes = 150;

    /// <summary>What it takes for these fields: their names are listed where they are few.</summary>
    public static FormSchema Parameters(LongFields fields)
    {
        FormProperty[] parameters =
        [
            FormProperty.Plain(Field, PropertyKind.Choice, "Whose options.") with
            {
                Options = [.. fields.Names.Select(name => new FormOption(name, $"\"{name}\""))],
                ListsOptions = fields.Names.Sum(name => name.Length + 3) <= MaxNamesBytes,
            },
            FormProperty.Plain(Query, PropertyKind.Text, "Words of it; empty: the first.") with
            {
                Required = false,
                Max = MaxQuery,
            },
        ];
        return new FormSchema([.. parameters], "");
    }

    /// <param name="parameters">Of these fields.</param>
    public ToolReply Run(LongFields fields, FormSchema parameters, JsonElement arguments)
    {
        var (filled, problems) = reader.Read(parameters, arguments, ArgumentReader.Unknown);
        if (problems.Count > 0)
        {
            return problems.ToReply();
        }

        var values = filled.ToJson();
        var field = fields.Find(values.GetProperty(Field).GetString()!);
        var query = values.TryGetProperty(Query, out var text) ? text.GetString()! : "";
        return ToolReply.Success(Write(searches.Find(field.Options, query, MaxLabels)));
    }

    private static ReadOnlyMemory<byte> Write(FoundOptions found) =>
        CompactJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("options");
            JsonValues.Write(writer, found.Labels);
            writer.WriteNumber("total", found.Total);
            writer.WriteEndObject();
        });
}
