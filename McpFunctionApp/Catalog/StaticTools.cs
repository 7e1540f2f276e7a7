using System.Collections.Frozen;
using System.Globalization;
using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Catalog;

/// <summary>
/// The tools that every caller has, with or without a token, unless they are turned off: <c>add</c>, <c>echo</c> and
/// <c>multiply</c>.
/// </summary>
public sealed class StaticTools
{
    // In characters: more than anybody echoes, and an answer that nobody reads stays small.
    private const int MaxMessage = 8_192;

    private readonly ReadOnlyTools _tools;
    private readonly FrozenDictionary<string, CatalogTool> _byName;

    public StaticTools(StaticToolsOptions options, ArgumentReader reader)
    {
        _tools = new ReadOnlyTools(reader);
        CatalogTool[] all = !options.Enabled
            ? []
            :
            [
                Arithmetic("add", "Add", "Adds two whole numbers.", "+", (a, b) => checked(a + b)),
                Echo(),
                Arithmetic("multiply", "Multiply", "Multiplies two whole numbers.", "*", (a, b) => checked(a * b)),
            ];
        Listed = [.. all.Select(tool => tool.Listed)];
        _byName = all.ToFrozenDictionary(tool => tool.Listed.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<ListedTool> Listed { get; }

    public CatalogTool? Find(string name) => _byName.GetValueOrDefault(name);

    private CatalogTool Arithmetic(string name, string title, string description, string sign, Func<long, long, long> compute)
    {
        IReadOnlyList<FormProperty> parameters =
        [
            FormProperty.Plain("a", PropertyKind.Integer, "The first number, 64 bits."),
            FormProperty.Plain("b", PropertyKind.Integer, "The second number, 64 bits."),
        ];
        return Create(
            name,
            title,
            description,
            parameters,
            s_numberAnswer,
            arguments =>
            {
                var a = JsonValues.Integer(arguments.GetProperty("a"))!.Value;
                var b = JsonValues.Integer(arguments.GetProperty("b"))!.Value;
                try
                {
                    var result = compute(a, b);
                    return ToolReply.Success(
                        result.ToString(CultureInfo.InvariantCulture),
                        new NumberAnswer(result),
                        AppJson.Default.NumberAnswer
                    );
                }
                catch (OverflowException)
                {
                    return ArgumentProblems.ReplyTo(new("a, b", TooLarge(a, sign, b), []));
                }
            }
        );
    }

    private static string TooLarge(long a, string sign, long b) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"the result of {a} {sign} {b} does not fit into 64 bits ({long.MinValue} to {long.MaxValue})."
        );

    private CatalogTool Echo()
    {
        IReadOnlyList<FormProperty> parameters =
        [
            FormProperty.Plain("message", PropertyKind.Text, "The message to send back.") with
            {
                Max = MaxMessage,
            },
        ];
        return Create(
            "echo",
            "Echo",
            "Sends a message back.",
            parameters,
            s_echoAnswer,
            arguments =>
            {
                var answer = $"Echo: {arguments.GetProperty("message").GetString()}";
                return ToolReply.Success(answer, new EchoAnswer(answer), AppJson.Default.EchoAnswer);
            }
        );
    }

    private CatalogTool Create(
        string name,
        string title,
        string description,
        IReadOnlyList<FormProperty> parameters,
        JsonElement outputSchema,
        Func<JsonElement, ToolReply> run
    ) => _tools.Create(name, title, description, parameters, outputSchema, (arguments, _) => Task.FromResult(run(arguments)));

    private static readonly JsonElement s_numberAnswer = JsonElement.Parse(
        """{"type":"object","properties":{"result":{"type":"integer","description":"The """
            + """result."}},"required":["result"],"additionalProperties":false}"""
    );

    private static readonly JsonElement s_echoAnswer = JsonElement.Parse(
        """{"type":"object","properties":{"message":{"type":"string","description":"The message after 'Echo: """
            + """'."}},"required":["message"],"additionalProperties":false}"""
    );
}
