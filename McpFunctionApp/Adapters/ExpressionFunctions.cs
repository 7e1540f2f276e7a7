using System.Text;
using DevLab.JmesPath.Functions;
using Newtonsoft.Json.Linq;

namespace McpFunctionApp.Adapters;

/// <summary>
/// The library's functions for one evaluation (they keep their arguments, and are never shared), but for those that
/// could make a long text of two short ones, which are bounded before they do, and those that would lose a number's digits.
/// </summary>
internal static class ExpressionFunctions
{
    private static readonly string[] s_pads = ["pad_left", "pad_right"];

    public static JmesPathFunctionFactory Create(ExpressionBudget budget, DigitKeeper digits)
    {
        var functions = JmesPathFunctionFactory.Create();
        foreach (var name in s_pads)
        {
            functions.Register(
                name,
                new Bounded(functions[name], arguments => budget.CheckText(arguments[1].Token.Value<double>()))
            );
        }

        functions.Register(
            "join",
            new Bounded(functions["join"], arguments => budget.CheckText(Joined(Text(arguments[0]), (JArray)arguments[1].Token)))
        );
        functions.Register(
            "replace",
            new Bounded(
                functions["replace"],
                arguments => budget.CheckText(Replaced(Text(arguments[0]), Text(arguments[1]), Text(arguments[2])))
            )
        );
        functions.Register("to_string", new ToText(budget, digits));
        functions.Register("to_number", new ToNumber(digits));
        return functions;
    }

    private static string Text(JmesPathFunctionArgument argument) => argument.Token.Value<string>()!;

    private static double Joined(string separator, JArray texts) =>
        texts.Sum(text => text.Value<string>()!.Length + (double)separator.Length);

    private static double Replaced(string text, string search, string with)
    {
        var times = search.Length == 0 ? text.Length + 1.0 : text.AsSpan().Count(search);
        return text.Length + (times * with.Length);
    }

    private sealed class Bounded(JmesPathFunction function, Action<JmesPathFunctionArgument[]> check)
        : JmesPathFunction(function.Name, function.MinArgumentCount, function.MaxArgumentCount, function.Variadic, null)
    {
        public override void Validate(params JmesPathFunctionArgument[] args) => function.Validate(args);

        public override JToken Execute(params JmesPathFunctionArgument[] args)
        {
            check(args);
            return function.Execute(args);
        }
    }

    private sealed class ToText(ExpressionBudget budget, DigitKeeper digits) : JmesPathFunction("to_string", 1)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args) =>
            args[0].Token is { Type: JTokenType.String } text ? text
            : digits.Write(args[0].Token, budget.MaxText, withoutNulls: false) is { } json
                ? new JValue(Encoding.UTF8.GetString(json))
            : throw budget.TooLarge();
    }

    private sealed class ToNumber(DigitKeeper digits) : JmesPathFunction("to_number", 1)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args) =>
            args[0].Token switch
            {
                { Type: JTokenType.Integer or JTokenType.Float } number => number,
                { Type: JTokenType.String } text => Number(text.Value<string>()!),
                _ => JValue.CreateNull(),
            };

        private JValue Number(string text)
        {
            try
            {
                return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Number } number
                    ? digits.Number(number.GetRawText())
                    : JValue.CreateNull();
            }
            catch (JsonException)
            {
                return JValue.CreateNull();
            }
        }
    }
}
