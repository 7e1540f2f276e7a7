using System.Collections.Immutable;
using System.Text;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Adapters;

/// <summary>
/// Reads an adapter's file and looks for everything that is wrong with it at once: members that there are none of or that
/// are missing, addresses that are none, expressions that cannot be parsed. Pure.
/// </summary>
internal sealed class AdapterFile
{
    /// <summary>The addresses of one form.</summary>
    private const int MaxGets = 8;

    private readonly byte[] _utf8;
    private readonly string _name;
    private readonly List<(int Place, string Text)> _faults = [];

    private AdapterFile(byte[] utf8, string name)
    {
        _utf8 = utf8;
        _name = name;
    }

    /// <param name="name">What the file is called in a fault.</param>
    /// <returns>Null where there are faults: each with file, line, column and member.</returns>
    public static AdapterDefinition? Read(byte[] utf8, string name, out IReadOnlyList<string> faults)
    {
        var file = new AdapterFile(
            utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8,
            name
        );
        var definition = file.Read();
        faults = [.. file._faults.OrderBy(fault => fault.Place).Select(fault => fault.Text)];
        return faults.Count == 0 ? definition : null;
    }

    private AdapterDefinition? Read()
    {
        try
        {
            var root = AdapterNode.Read(_utf8);
            return root.Members is null
                ? Fault<AdapterDefinition>(root.Place, "", "must be an object with 'form'")
                : ReadRoot(root);
        }
        catch (JsonException e)
        {
            _faults.Add((0, $"{_name} ({(e.LineNumber ?? 0) + 1},{(e.BytePositionInLine ?? 0) + 1}) is not JSON: {Reason(e)}"));
        }
        catch (InvalidOperationException)
        {
            _faults.Add((0, $"{_name} has a text that is not valid Unicode"));
        }

        return null;
    }

    private AdapterDefinition? ReadRoot(AdapterNode root)
    {
        var members = Members(root, "", "form", "submit", "receipt", "refusal");
        var form = members.TryGetValue("form", out var node) ? Members(node, "form", "get", "fields") : Missing(root, "", "form");
        var submit = members.TryGetValue("submit", out var way) ? Members(way, "submit", "post", "body") : [];
        var gets = form.TryGetValue("get", out var get) ? ReadGets(get) : [];
        if (node is not null && get is null)
        {
            Missing(node, "form", "get");
        }

        if (way is not null && !submit.ContainsKey("post"))
        {
            Missing(way, "submit", "post");
        }

        var fields = ReadExpression(form, "form", "fields");
        if (fields is null && gets.Length > 1 && node is not null && !form.ContainsKey("fields"))
        {
            Fault<object>(
                node.Place,
                "form",
                "has more than one address in 'get', and no expression 'fields' that says what to make of their answers"
            );
        }

        return new AdapterDefinition(
            gets,
            fields,
            submit.TryGetValue("post", out var post) ? ReadAddress(post, "submit.post") : null,
            ReadExpression(submit, "submit", "body"),
            ReadExpression(members, "", "receipt"),
            ReadExpression(members, "", "refusal")
        );
    }

    private ImmutableArray<(string, AdapterAddress)> ReadGets(AdapterNode node)
    {
        if (node.Members is not { Length: > 0 and <= MaxGets } members)
        {
            Fault<object>(node.Place, "form.get", $"must be an object of 1 to {MaxGets} addresses by name");
            return [];
        }

        var gets = ImmutableArray.CreateBuilder<(string, AdapterAddress)>();
        foreach (var (name, place, value) in members)
        {
            if (!AdapterAddress.IsName(name) || gets.Any(get => get.Item1 == name))
            {
                Fault<object>(
                    place,
                    $"form.get.{name}",
                    "must have a name of its own of letters, digits and '_' that begins with a letter"
                );
            }
            else if (ReadAddress(value, $"form.get.{name}") is { } address)
            {
                gets.Add((name, address));
            }
        }

        return gets.ToImmutable();
    }

    private AdapterAddress? ReadAddress(AdapterNode node, string member)
    {
        if (node.Text is not { Lines.Length: 1 } text)
        {
            return Fault<AdapterAddress>(node.Place, member, "must be an address, as a text");
        }

        var address = new AdapterAddress(text.Text);
        return address.Check() is { } problem ? Fault<AdapterAddress>(node.Place, member, problem) : address;
    }

    private Expression? ReadExpression(Dictionary<string, AdapterNode> members, string within, string name)
    {
        if (!members.TryGetValue(name, out var node))
        {
            return null;
        }

        var member = within.Length == 0 ? name : $"{within}.{name}";
        if (node.Text is not { } text || string.IsNullOrWhiteSpace(text.Text))
        {
            return Fault<Expression>(node.Place, member, "must be a JMESPath expression, as a text or a list of lines");
        }

        var expression = new Expression(member, text.Text);
        return expression.Check() is { } fault
            ? Fault<Expression>(text.PlaceOf(fault.Place), member, $"is no JMESPath expression: {fault.Problem}")
            : expression;
    }

    private Dictionary<string, AdapterNode> Members(AdapterNode node, string within, params string[] known)
    {
        var members = new Dictionary<string, AdapterNode>(StringComparer.Ordinal);
        if (node.Members is null)
        {
            Fault<object>(node.Place, within, "must be an object");
        }

        foreach (var (name, place, value) in node.Members ?? [])
        {
            var member = within.Length == 0 ? name : $"{within}.{name}";
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var near = Nearest.IfClose(name, known) is [var one] ? one : string.Join(", ", known);
                Fault<object>(place, member, $"is no member of an adapter (known there: {near})");
            }
            else if (!members.TryAdd(name, value))
            {
                Fault<object>(place, member, "is there twice");
            }
        }

        return members;
    }

    private Dictionary<string, AdapterNode> Missing(AdapterNode within, string member, string name)
    {
        Fault<object>(within.Place, member, $"lacks '{name}'");
        return [];
    }

    private T? Fault<T>(int place, string member, string problem)
        where T : class
    {
        var before = _utf8.AsSpan(0, Math.Min(place, _utf8.Length));
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        var what = member.Length == 0 ? problem : $"'{Quotable.Shorten(member)}' {problem}";
        _faults.Add((place, $"{_name} ({line},{column}): {what}."));
        return null;
    }

    // What the reader says, without its own account of the place.
    private static string Reason(JsonException e) => Quotable.Shorten(e.Message.Split(" LineNumber:")[0].Split(" Path:")[0], 160);
}
