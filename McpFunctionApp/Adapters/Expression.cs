using System.Globalization;
using System.Text;
using DevLab.JmesPath;
using DevLab.JmesPath.Expressions;
using DevLab.JmesPath.Interop;
using DevLab.JmesPath.Utils;
using McpFunctionApp.Replies;
using Newtonsoft.Json.Linq;

namespace McpFunctionApp.Adapters;

/// <summary>
/// A JMESPath expression of an adapter. It is parsed anew for each evaluation, which takes some 10 microseconds: a parsed
/// one keeps the document that it runs on, and would show one caller another caller's form.
/// </summary>
/// <param name="Name">The member that it stands in, such as <c>form.fields</c>.</param>
internal sealed record Expression(string Name, string Text)
{
    // Only to look for faults: nothing is ever evaluated with it.
    private static readonly ExpressionLimits s_none = new(1, TimeProvider.System);

    // The library has one null for all documents. The first container that takes it in would be kept with it for ever,
    // and threads would change it at once: taken in here, it is copied by all others.
    private static readonly JArray s_taken = new(JTokens.Null, JTokens.True, JTokens.False);

    /// <returns>Null where it can be evaluated.</returns>
    public ExpressionFault? Check()
    {
        try
        {
            Parse(new ExpressionBudget(s_none), new DigitKeeper());
            return null;
        }
        catch (UnknownFunctionException e)
        {
            var near = Nearest.IfClose(e.Name, e.Known) is [var name] ? $" Nearest: {name}." : "";
            return new ExpressionFault(PlaceOfCall(e.Name), $"there is no function '{Quotable.Shorten(e.Name)}'.{near}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser has one kind of exception for all that can be wrong.
            return ExpressionFault.Of(e, Text);
        }
    }

    /// <summary>Runs it on a document.</summary>
    /// <param name="document">Makes the document, with numbers whose digits are kept.</param>
    /// <param name="withoutNulls">Leaves out members that are null.</param>
    public ExpressionResult Evaluate(Func<DigitKeeper, JToken> document, ExpressionLimits limits, bool withoutNulls = false)
    {
        var (budget, digits) = (new ExpressionBudget(limits), new DigitKeeper());
        try
        {
            GC.KeepAlive(s_taken);
            var root = Parse(budget, digits);
            var input = document(digits);
            ExpressionScopes.Attach(root, input);
            var result = root.Transform(input).AsJToken();
            return digits.Write(result, limits.MaxOutput, withoutNulls) is { } json
                ? ExpressionResult.Of(json)
                : ExpressionResult.Failed(this, budget.TooLarge().Message);
        }
        catch (ExpressionBoundException e)
        {
            return ExpressionResult.Failed(this, e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What the library says names functions and types; what other exceptions say may repeat the document.
            var reason = e.Message.StartsWith("Error: ", StringComparison.Ordinal)
                ? Quotable.Shorten(e.Message["Error: ".Length..].TrimEnd('.'), 160)
                : e.GetType().Name;
            return ExpressionResult.Failed(this, $"cannot be evaluated ({reason})");
        }
    }

    private JmesPathExpression Parse(ExpressionBudget budget, DigitKeeper digits)
    {
        var builder = new ExpressionBuilder(budget, digits, ExpressionFunctions.Create(budget, digits));
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(Text));
        Parser.Parse(text, Encoding.UTF8, builder);
        return builder.Root;
    }

    private int PlaceOfCall(string function)
    {
        var place = Text.IndexOf($"{function}(", StringComparison.Ordinal);
        return place < 0 ? 0 : place;
    }
}

/// <summary>What is wrong with an expression, and where: a place in its text, counted in UTF-16 units.</summary>
internal sealed record ExpressionFault(int Place, string Problem)
{
    /// <summary>Reads <c>Error(line, column): syntax, near 'text'.</c>, where the parser says so.</summary>
    public static ExpressionFault Of(Exception exception, string text)
    {
        var message = exception.Message;
        var parts =
            message.StartsWith("Error(", StringComparison.Ordinal) && message.IndexOf(')') is > 0 and var end
                ? message["Error(".Length..end].Split(',')
                : [];
        var problem = Quotable.Shorten(
            parts.Length == 2 ? message[(message.IndexOf(':') + 1)..] : message.Replace("Error: ", "", StringComparison.Ordinal),
            160
        );
        return
            parts is [var line, var column]
            && int.TryParse(line, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var at)
            && int.TryParse(column, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var within)
            ? new ExpressionFault(PlaceOf(text, at, within), problem)
            : new ExpressionFault(0, problem);
    }

    private static int PlaceOf(string text, int line, int column)
    {
        var start = 0;
        for (var passed = 1; passed < line && text.IndexOf('\n', start) is >= 0 and var end; passed++)
        {
            start = end + 1;
        }

        return Math.Min(start + column, text.Length);
    }
}

/// <summary>What an expression gave.</summary>
/// <param name="Json">Null where it gave nothing that can be looked at.</param>
/// <param name="Problem">Why not, as a sentence part that names the expression and repeats nothing of the document; empty where
/// it gave something.</param>
internal sealed record ExpressionResult(JsonElement? Json, string Problem)
{
    // An answer may be 64 deep, and an expression may put it into objects of its own.
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 1_000 };

    public static ExpressionResult Of(byte[] json)
    {
        using var document = JsonDocument.Parse(json, s_deep);
        return new ExpressionResult(document.RootElement.Clone(), "");
    }

    public static ExpressionResult Failed(Expression expression, string problem) =>
        new(null, $"the expression '{expression.Name}' {problem}");

    /// <summary>A few words on the kind of a value.</summary>
    public static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => $"a list of {value.GetArrayLength()}",
            JsonValueKind.Object => $"an object of {value.GetPropertyCount()} members",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };
}

/// <summary>Gives the nodes of one parsed expression the document and the variables of one evaluation.</summary>
internal sealed class ExpressionScopes(ScopeParticipant scopes) : IVisitor
{
    public static void Attach(JmesPathExpression root, JToken document)
    {
        var scopes = new ScopeParticipant();
        scopes.SetRoot(document);
        root.Accept(new ExpressionScopes(scopes));
    }

    public void Visit(JmesPathExpression expression)
    {
        if (expression is IContextHolder context)
        {
            context.Evaluator = scopes;
        }

        if (expression is IScopeHolder holder)
        {
            holder.Scopes = scopes;
        }
    }
}
