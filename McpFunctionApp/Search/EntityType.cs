namespace McpFunctionApp.Search;

/// <summary>One kind of thing that can be searched for.</summary>
/// <param name="Name">What callers know it by, <c>^[a-z][a-z0-9_]{0,39}$</c>.</param>
/// <param name="Index">The Elasticsearch index that holds its documents.</param>
/// <param name="Limit">The most hits of one search, 1 to 100.</param>
/// <param name="MinScore">Hits below this score are left out; 0 leaves none out.</param>
/// <param name="Fields">What is searched and shown, in this order; at least one.</param>
public sealed record EntityType(string Name, string Index, int Limit, double MinScore, IReadOnlyList<SearchField> Fields)
{
    /// <summary>What stands before every field's name in the index, and nowhere else; often nothing.</summary>
    public string FieldPrefix { get; init; } = "";

    /// <summary>What a field is called in the index.</summary>
    public string InIndex(SearchField field) => FieldPrefix + field.Name;
}

/// <summary>One field of an entity's documents.</summary>
/// <param name="Boost">What a match here counts for, in proportion to other fields; above 0.</param>
/// <param name="Fuzziness">How many wrong letters a word may have: <c>AUTO</c> (by its length), 0, 1 or 2.</param>
public sealed record SearchField(string Name, double Boost, string Fuzziness)
{
    /// <summary>All words, in their order, as they are written.</summary>
    public bool IsExact => Fuzziness == "0";
}
