using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>Tools that hand the client a state with what they ask for, and want it back unchanged.</summary>
internal static class InputStateTools
{
    public static IEnumerable<FixtureTool> All =>
        [
            InputTools.Of("test_input_required_result_request_state", "Asks for a confirmation", Confirm),
            InputTools.Of("test_input_required_result_tampered_state", "Asks for a confirmation", Confirm),
            InputTools.Of("test_input_required_result_multiple_inputs", "Asks for three things at once", AskThree),
            InputTools.Of("test_input_required_result_multi_round", "Asks twice", AskTwice),
        ];

    private static string Confirm(CallToolRequestParams parameters) =>
        SignedState.Read(parameters.RequestState) is not null && parameters.Accepted("confirm", "ok") is { } ok
            ? $"state-ok, confirmed: {ok}"
            : throw Input.Required(SignedState.Write("asked"), ("confirm", Input.Confirmation("Please confirm", "ok")));

    private static string AskThree(CallToolRequestParams parameters) =>
        SignedState.Read(parameters.RequestState) is not null
        && parameters.Accepted("user_name", "name") is { } name
        && parameters.Answer("greeting") is not null
        && parameters.Answer("client_roots") is not null
            ? $"Thank you, {name}."
            : throw Input.Required(
                SignedState.Write("asked"),
                ("user_name", Input.Text("What is your name?", "name")),
                ("greeting", Input.Sampling("Generate a greeting", 50)),
                ("client_roots", Input.Roots())
            );

    /// <summary>The first answer travels in the state of the second round.</summary>
    private static string AskTwice(CallToolRequestParams parameters)
    {
        var state = SignedState.Read(parameters.RequestState);
        if (state is not null && parameters.Accepted("step1", "name") is { } name)
        {
            throw Input.Required(
                SignedState.Write($"name={name}"),
                ("step2", Input.Text("Step 2: What is your favorite color?", "color"))
            );
        }

        return state is not null && parameters.Accepted("step2", "color") is { } color
            ? $"{state}, color={color}"
            : throw Input.Required(SignedState.Write("asked"), ("step1", Input.Text("Step 1: What is your name?", "name")));
    }
}
