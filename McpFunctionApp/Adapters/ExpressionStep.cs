using DevLab.JmesPath.Expressions;
using DevLab.JmesPath.Interop;
using DevLab.JmesPath.Utils;
using Newtonsoft.Json.Linq;

namespace McpFunctionApp.Adapters;

/// <summary>
/// Stands before one node of a parsed expression. The library's nodes call each other through it, so that each step is
/// counted and each new object, array and text is paid for.
/// </summary>
/// <param name="depth">How many nodes stand within each other here.</param>
internal sealed class ExpressionStep(JmesPathExpression node, int depth, ExpressionBudget budget) : JmesPathExpression
{
    public JmesPathExpression Node => node;

    public int Depth => depth;

    private bool Builds => node is JmesPathMultiSelectHash or JmesPathMultiSelectList or JmesPathFunctionExpression;

    public override JmesPathArgument Transform(JmesPathArgument argument)
    {
        budget.Step();
        if (Builds && argument.IsProjection)
        {
            return TransformEach(argument.Projection);
        }

        var result = node.Transform(argument);
        if (result.IsProjection)
        {
            budget.Pay(ExpressionBudget.BytesPerValue * (long)result.Projection.Length);
        }
        else if (Builds && result.Token is { Parent: null } built)
        {
            Pay(built);
            budget.NotePaid(built);
        }

        return result;
    }

    public override void Accept(IVisitor visitor)
    {
        base.Accept(visitor);
        node.Accept(visitor);
    }

    protected override JmesPathArgument Transform(JToken json) => Transform(new JmesPathArgument(json));

    protected override string Format() => node.ToString()!;

    /// <summary>As every node does that is no projection itself, but paid for entry by entry.</summary>
    private JmesPathArgument TransformEach(JmesPathArgument[] entries)
    {
        var results = new List<JmesPathArgument>(entries.Length);
        foreach (var result in entries.Select(entry => Transform(entry)))
        {
            if (result.IsProjection || result.Token != JTokens.Null)
            {
                results.Add(result);
            }
        }

        return new JmesPathArgument(results);
    }

    /// <summary>What was built within, and is only taken in here, has been paid for.</summary>
    private void Pay(JToken built)
    {
        if (budget.IsPaid(built))
        {
            return;
        }

        budget.Pay(ExpressionBudget.BytesPerValue + ((built as JValue)?.Value is string text ? text.Length : 0));
        if (built is not JContainer container)
        {
            return;
        }

        foreach (var child in container)
        {
            Pay(child);
        }
    }
}
