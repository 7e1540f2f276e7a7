using System.Collections.Immutable;

namespace McpFunctionApp.Adapters;

/// <summary>What an adapter's file says: where a form comes from and goes to, and the expressions between.</summary>
/// <param name="Gets">The addresses of the form, by name.</param>
/// <param name="Fields">Gives the fields of the answers; null: the only answer is a field list or a JSON Schema.</param>
/// <param name="Post">Null: calls are recorded.</param>
/// <param name="Body">Gives what is posted; null: the values by key.</param>
internal sealed record AdapterDefinition(
    ImmutableArray<(string Name, AdapterAddress Address)> Gets,
    Expression? Fields,
    AdapterAddress? Post,
    Expression? Body,
    Expression? Receipt,
    Expression? Refusal
)
{
    public IEnumerable<AdapterAddress> Addresses =>
        Post is null ? Gets.Select(get => get.Address) : Gets.Select(get => get.Address).Append(Post);

    /// <summary>Those that are there, in the order in which they are used.</summary>
    public IEnumerable<Expression> Expressions => new[] { Fields, Body, Receipt, Refusal }.OfType<Expression>();
}
