namespace McpFunctionApp.Sources;

/// <summary>
/// One schema with all that it refers to and combines: what a value of it must be. What a parameter cannot express makes
/// it a schema with a <see cref="Problem"/>; nothing is made wider than it was.
/// </summary>
internal sealed class SchemaNode
{
    private const int MaxDepth = 24;

    private readonly SchemaDocument _document;
    private readonly Dictionary<string, JsonElement> _keywords = new(StringComparer.Ordinal);
    private readonly SchemaLimits _limits = new();
    private readonly List<HashSet<string>> _closed = [];

    public SchemaNode(SchemaDocument document, IEnumerable<JsonElement> schemas)
    {
        _document = document;
        foreach (var schema in schemas)
        {
            Add(schema, 0);
        }
    }

    /// <summary>What cannot be expressed by a parameter, or cannot be read; null where all can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The types that a value may have, null aside; null where any will do.</summary>
    public HashSet<string>? Types { get; private set; }

    /// <summary>The only values, null aside; null where there is no such list.</summary>
    public List<JsonElement>? Values { get; private set; }

    /// <summary>What a value must match one of (<c>anyOf</c>), or exactly one (<c>oneOf</c>): null aside, which says only that it
    /// may be left out.</summary>
    public Dictionary<string, List<JsonElement>> Alternatives { get; } = new(StringComparer.Ordinal);

    /// <summary>All references that were followed to it.</summary>
    public HashSet<string> References { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>The members in their order, each with all schemas that it must match.</summary>
    public OrderedDictionary<string, List<JsonElement>> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Undefined where there is none.</summary>
    public JsonElement this[string keyword] => _keywords.GetValueOrDefault(keyword);

    public double? Limit(string keyword) => _limits[keyword];

    public string Text(string keyword) => SafeText.Shown(this[keyword]).Trim();

    public bool Flag(string keyword) => this[keyword].ValueKind == JsonValueKind.True;

    /// <summary>Whether a member of this name may be there at all.</summary>
    public bool Allows(string name) => _closed.TrueForAll(names => names.Contains(name));

    /// <summary>The schema with one more, as where one of several alternatives is chosen.</summary>
    public SchemaNode With(JsonElement alternative, string keyword)
    {
        var rest = new SchemaNode(_document, []);
        rest.Take(this);
        rest.Alternatives.Remove(keyword);
        rest.Add(alternative, 0);
        return rest;
    }

    /// <summary>Reads another part of the same document.</summary>
    public SchemaNode Read(params IEnumerable<JsonElement> schemas) => new(_document, schemas);

    private void Take(SchemaNode other)
    {
        foreach (var (name, value) in other._keywords)
        {
            _keywords[name] = value;
        }

        foreach (var (name, schemas) in other.Alternatives)
        {
            Alternatives[name] = schemas;
        }

        _limits.Take(other._limits);
        foreach (var (name, schemas) in other.Properties)
        {
            Properties[name] = [.. schemas];
        }

        (Problem, Types, Values) = (other.Problem, other.Types is null ? null : [.. other.Types], other.Values);
        Required.UnionWith(other.Required);
        References.UnionWith(other.References);
        _closed.AddRange(other._closed);
    }

    private void Add(JsonElement schema, int depth)
    {
        _document.Count(1);
        if (depth > MaxDepth)
        {
            Fail("refers to itself");
        }
        else if (schema.ValueKind == JsonValueKind.Object)
        {
            var members = new FieldMembers(schema);
            foreach (var (keyword, value) in members.All)
            {
                AddKeyword(keyword, value);
            }

            AddProperties(members);
            AddParts(members, depth);
        }
        else if (schema.ValueKind != JsonValueKind.True)
        {
            Fail(schema.ValueKind == JsonValueKind.False ? "takes no value" : "is no schema");
        }
    }

    private void AddKeyword(string keyword, JsonElement value)
    {
        if (SchemaLimits.Has(keyword))
        {
            if (!_limits.Add(keyword, value))
            {
                Fail($"has a '{keyword}' that is no number");
            }
        }
        else if (SchemaKeywords.IsInexpressible(keyword))
        {
            Fail($"uses '{keyword}'");
        }
        else if (keyword == "type")
        {
            AddTypes(value);
        }
        else if (keyword is "enum" or "const")
        {
            AddValues(
                keyword == "const" ? [value]
                : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
                : []
            );
        }
        else if (keyword == "required" && value.ValueKind == JsonValueKind.Array)
        {
            Required.UnionWith(value.EnumerateArray().Select(SafeText.Scalar).OfType<string>());
        }
        else if (
            !SchemaKeywords.IsPart(keyword)
            && !_keywords.TryAdd(keyword, value)
            && SchemaKeywords.IsOnly(keyword)
            && !JsonElement.DeepEquals(_keywords[keyword], value)
        )
        {
            Fail($"combines several '{keyword}'");
        }
    }

    private void AddTypes(JsonElement value)
    {
        var types =
            value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(SafeText.Scalar) : [SafeText.Scalar(value)];
        var own = types.OfType<string>().Where(type => type != "null").ToHashSet(StringComparer.Ordinal);
        if (own.Contains("number") && Types?.Contains("integer") == true)
        {
            own.Add("integer");
        }

        if (Types?.Contains("number") == true && own.Contains("integer"))
        {
            Types.Add("integer");
        }

        Types = Types is null ? own : [.. Types.Intersect(own)];
    }

    private void AddValues(List<JsonElement> values)
    {
        _document.Count(values.Count);
        var own = values.Where(value => value.ValueKind != JsonValueKind.Null).ToList();
        Values = Values is null ? own : Values.FindAll(value => own.Exists(other => JsonElement.DeepEquals(value, other)));
        _document.Count(Values.Count);
    }

    private void AddProperties(FieldMembers members)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var properties = members["properties"].ValueKind == JsonValueKind.Object ? new FieldMembers(members["properties"]) : null;
        foreach (var (name, schema) in properties?.All ?? [])
        {
            _document.Count(1);
            names.Add(name);
            if (!Properties.TryAdd(name, [schema]))
            {
                Properties[name].Add(schema);
            }
        }

        if (members["additionalProperties"].ValueKind == JsonValueKind.False)
        {
            _closed.Add(names);
        }
    }

    private void AddParts(FieldMembers members, int depth)
    {
        if (members["$ref"].ValueKind == JsonValueKind.String)
        {
            var reference = SafeText.Scalar(members["$ref"]) ?? "";
            var target = _document.Find(reference);
            if (target.ValueKind == JsonValueKind.Undefined)
            {
                Fail($"refers to '{reference}', which is not in this document");
                return;
            }

            References.Add(reference);
            Add(target, depth + 1);
        }

        foreach (var part in members["allOf"].ValueKind == JsonValueKind.Array ? members["allOf"].EnumerateArray() : default)
        {
            Add(part, depth + 1);
        }

        AddAlternatives("anyOf", members["anyOf"], depth);
        AddAlternatives("oneOf", members["oneOf"], depth);
    }

    private void AddAlternatives(string keyword, JsonElement alternatives, int depth)
    {
        if (alternatives.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var some = alternatives.EnumerateArray().Where(alternative => !SchemaKeywords.IsNull(alternative)).ToList();
        if (some.Count == 1)
        {
            Add(some[0], depth + 1);
        }
        else if (!Alternatives.TryAdd(keyword, some))
        {
            Fail($"combines several '{keyword}'");
        }
    }

    private void Fail(string problem) => Problem ??= problem;
}
