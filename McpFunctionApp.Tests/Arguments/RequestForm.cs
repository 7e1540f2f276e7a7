using McpFunctionApp.Arguments;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>A form with a field of most kinds, and what is said of arguments for it.</summary>
internal static class RequestForm
{
    public const string Fields = """
        {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true,"minLength":2,"maxLength":4},
        {"name":"Priority","paramName":"priority","type":"DropDownFieldRest","required":true,"options":["low","medium","high"]},
        {"name":"Cost","paramName":"cost","type":"NumberFieldRest","minLength":1,"maxLength":10.5},
        {"name":"Tags","paramName":"tags","type":"CheckBoxFieldRest","options":["red","green","blue"]},
        {"name":"Notes","paramName":"notes","type":"CheckBoxFieldRest"}
        """;

    public static IReadOnlyList<ArgumentProblem> Problems(string arguments, string form = Fields) =>
        ReadArguments.Of(form, arguments).Problems.Told;

    public static string[] Lines(string arguments, string form = Fields) =>
        [.. Problems(arguments, form).Select(p => p.ToString())];

    /// <summary>What is said of one argument beside the two required ones, which are right.</summary>
    public static string[] Beside(string argument) =>
        Lines(
            $$"""{{{argument}}"""
                + $$"""{{(argument.Contains("\"subject\"", StringComparison.Ordinal) ? "" : ",\"subject\":\"abc\"")}}"""
                + $$"""{{(argument.Contains("\"priority\"", StringComparison.Ordinal) ? "" : ",\"priority\":\"low\"")}}}"""
        );
}
