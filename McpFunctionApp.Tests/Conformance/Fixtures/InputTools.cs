using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>Tools of revision 2026-07-28 that ask for input in a result of their own, and go on when it comes with the next
/// call.</summary>
internal static class InputTools
{
    public static IEnumerable<FixtureTool> All =>
        [
            Of("test_input_required_result_elicitation", "Asks for a name", Greet),
            Of("test_input_required_result_sampling", "Asks the client's model", AskModel),
            Of("test_input_required_result_list_roots", "Asks for the client's roots", AskRoots),
            Of("test_input_required_result_capabilities", "Asks for what the client can do", AskWhatIsDeclared),
        ];

    public static FixtureTool Of(string name, string description, Func<CallToolRequestParams, string> say) =>
        FixtureTool.Saying(name, description, (context, _) => Task.FromResult(say(context.Params)));

    private static string Greet(CallToolRequestParams parameters) =>
        parameters.Accepted("user_name", "name") is { } name
            ? $"Hello, {name}!"
            : throw Input.Required(("user_name", Input.Text("What is your name?", "name")));

    private static string AskModel(CallToolRequestParams parameters) =>
        parameters.Answer("capital_question") is { } answer
            ? $"The model said: {answer.GetProperty("content").GetProperty("text")}"
            : throw Input.Required(("capital_question", Input.Sampling("What is the capital of France?", 100)));

    private static string AskRoots(CallToolRequestParams parameters) =>
        parameters.Answer("client_roots") is { } answer
            ? $"The client's roots: "
                + $"{string.Join(", ", answer.GetProperty("roots").EnumerateArray().Select(root => root.GetProperty("uri")))}"
            : throw Input.Required(("client_roots", Input.Roots()));

    private static string AskWhatIsDeclared(CallToolRequestParams parameters)
    {
        List<(string Capability, InputRequest Request)> all =
        [
            ("sampling", Input.Sampling("What is the capital of France?", 100)),
            ("elicitation", Input.Text("What is your name?", "name")),
            ("roots", Input.Roots()),
        ];
        throw Input.Required([.. all.Where(one => Input.Declares(parameters, one.Capability))]);
    }
}
