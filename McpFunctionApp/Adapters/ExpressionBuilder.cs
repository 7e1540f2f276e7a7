using DevLab.JmesPath;
using DevLab.JmesPath.Expressions;
using DevLab.JmesPath.Interop;

namespace McpFunctionApp.Adapters;

/// <summary>
/// Makes the library's nodes as its parser reads an expression, each behind an <see cref="ExpressionStep"/>. A tree
/// keeps the document that it runs on, as its functions keep their arguments: one is made for each evaluation and never shared.
/// </summary>
internal sealed class ExpressionBuilder(ExpressionBudget budget, DigitKeeper digits, IFunctionRepository functions)
    : IJmesPathGenerator
{
    // Deeper ones would end the process by its stack, not the start by a fault.
    private const int MaxDepth = 400;

    private readonly Stack<JmesPathExpression> _nodes = new();
    private readonly Stack<Dictionary<string, JmesPathExpression>> _hashes = new();
    private readonly Stack<List<JmesPathExpression>> _lists = new();
    private readonly Stack<List<JmesPathExpression>> _arguments = new();
    private readonly Stack<List<JmesPathBinding>> _bindings = new();
    private List<JmesPathBinding> _open = [];

    /// <summary>The whole expression, once the parser has read it.</summary>
    public JmesPathExpression Root => _nodes.Peek();

    public bool IsProjection() => _nodes.TryPeek(out var top) && Inner(top) is JmesPathProjection;

    public void OnExpression()
    {
        // The parser says so after each; a node says enough.
    }

    public void OnIdentifier(string name) => Push(new JmesPathIdentifier(name));

    public void OnLiteralString(string literal) => Push(new JmesPathLiteral(digits.Read(JsonElement.Parse(literal))));

    public void OnRawString(string value) => Push(new JmesPathRawString(value));

    public void OnAndExpression() => Join((left, right) => new JmesPathAndExpression(left, right));

    public void OnOrExpression() => Join((left, right) => new JmesPathOrExpression(left, right));

    public void OnNotExpression() => Wrap(node => new JmesPathNotExpression(node));

    public void OnComparisonEqual() => Join((left, right) => new JmesPathEqualOperator(left, right));

    public void OnComparisonNotEqual() => Join((left, right) => new JmesPathNotEqualOperator(left, right));

    public void OnComparisonGreater() => Join((left, right) => new JmesPathGreaterThanOperator(left, right));

    public void OnComparisonGreaterOrEqual() => Join((left, right) => new JmesPathGreaterThanOrEqualOperator(left, right));

    public void OnComparisonLesser() => Join((left, right) => new JmesPathLessThanOperator(left, right));

    public void OnComparisonLesserOrEqual() => Join((left, right) => new JmesPathLessThanOrEqualOperator(left, right));

    public void OnArithmeticUnaryPlus() => Wrap(node => new JmesPathUnaryPlusExpression(node));

    public void OnArithmeticUnaryMinus() => Wrap(node => new JmesPathUnaryMinusExpression(node));

    public void OnArithmeticAddition() => Join((left, right) => new JmesPathAdditionExpression(left, right));

    public void OnArithmeticSubtraction() => Join((left, right) => new JmesPathSubtractionExpression(left, right));

    public void OnArithmeticMultiplication() => Join((left, right) => new JmesPathMultiplicationExpression(left, right));

    public void OnArithmeticDivision() => Join((left, right) => new JmesPathDivisionExpression(left, right));

    public void OnArithmeticModulo() => Join((left, right) => new JmesPathModuloExpression(left, right));

    public void OnArithmeticIntegerDivision() => Join((left, right) => new JmesPathIntegerDivisionExpression(left, right));

    public void OnCurrentNode() => Push(new JmesPathCurrentNodeExpression());

    public void OnRootNode() => Push(new JmesPathRootNodeExpression());

    public void OnVariableReference(string name) => Push(new JmesPathVariableReference(name));

    public void OnSubExpression() => Join((left, right) => new JmesPathSubExpression(left, right));

    public void OnIndexExpression() => Join((left, right) => new JmesPathIndexExpression(left, right));

    public void OnPipeExpression() => Join((left, right) => new JmesPathPipeExpression(left, right));

    public void OnFilterProjection() => Wrap(node => new JmesPathFilterProjection(node));

    public void OnFlattenProjection() => Push(new JmesPathFlattenProjection());

    public void OnHashWildcardProjection() => Push(new JmesPathHashWildcardProjection());

    public void OnListWildcardProjection() => Push(new JmesPathListWildcardProjection());

    public void OnIndex(int index) => Push(new JmesPathIndex(index));

    public void OnSliceExpression(int? start, int? stop, int? step) =>
        Push(step == 0 ? throw new FormatException("a slice has the step 0") : new JmesPathSliceProjection(start, stop, step));

    public void PushMultiSelectHash() => _hashes.Push(new Dictionary<string, JmesPathExpression>(StringComparer.Ordinal));

    public void AddMultiSelectHashExpression()
    {
        var value = _nodes.Pop();
        var name = ((JmesPathIdentifier)Inner(_nodes.Pop())).Name;
        if (!_hashes.Peek().TryAdd(name, value))
        {
            throw new FormatException($"an object has the member '{name}' twice");
        }
    }

    public void PopMultiSelectHash()
    {
        var members = _hashes.Pop();
        Push(new JmesPathMultiSelectHash(members), members.Values);
    }

    public void PushMultiSelectList() => _lists.Push([]);

    public void AddMultiSelectListExpression() => _lists.Peek().Add(_nodes.Pop());

    public void PopMultiSelectList()
    {
        var entries = _lists.Pop();
        Push(new JmesPathMultiSelectList(entries), entries);
    }

    public void PushFunction() => _arguments.Push([]);

    public void AddFunctionArg() => _arguments.Peek().Add(_nodes.Pop());

    public void PopFunction(string name)
    {
        var arguments = _arguments.Pop();
        Push(
            functions.Contains(name)
                ? new JmesPathFunctionExpression(functions, name, arguments)
                : throw new UnknownFunctionException(name, [.. functions.Names]),
            arguments
        );
    }

    public void OnExpressionType() => JmesPathExpression.MakeExpressionType(_nodes.Peek());

    public void OnLetBinding(string name) => _open.Add(new JmesPathBinding(name, _nodes.Pop()));

    public void OnLetBindings()
    {
        _bindings.Push(_open);
        _open = [];
    }

    public void OnLetExpression()
    {
        var (bindings, body) = (_bindings.Pop(), _nodes.Pop());
        Push(new JmesPathLetExpression(bindings, body), bindings.Select(binding => binding.Expression).Append(body));
    }

    private static JmesPathExpression Inner(JmesPathExpression node) => node is ExpressionStep step ? step.Node : node;

    private void Wrap(Func<JmesPathExpression, JmesPathExpression> make)
    {
        var node = _nodes.Pop();
        Push(make(node), [node]);
    }

    private void Join(Func<JmesPathExpression, JmesPathExpression, JmesPathExpression> make)
    {
        var (right, left) = (_nodes.Pop(), _nodes.Pop());
        Push(make(left, right), [left, right]);
    }

    private void Push(JmesPathExpression node) => Push(node, []);

    private void Push(JmesPathExpression node, IEnumerable<JmesPathExpression> within)
    {
        var depth = 1 + within.Select(each => ((ExpressionStep)each).Depth).DefaultIfEmpty().Max();
        _nodes.Push(
            depth > MaxDepth
                ? throw new FormatException($"more than {MaxDepth} of its parts stand within each other")
                : new ExpressionStep(node, depth, budget)
        );
    }
}

/// <summary>An expression calls a function that there is none of.</summary>
internal sealed class UnknownFunctionException(string name, IReadOnlyList<string> known) : Exception
{
    public string Name => name;

    public IReadOnlyList<string> Known => known;
}
