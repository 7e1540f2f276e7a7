using System.Xml;
using System.Xml.Linq;
using McpFunctionApp.Storage;

namespace McpFunctionApp.Tickets;

/// <summary>The keys by which all instances seal what they give to clients, a row each: <see cref="KeyRing"/> says who needs
/// them.</summary>
public sealed class KeyTable(TableStore store, TimeProvider time)
{
    public const string Table = "keys";

    private const string Partition = "ring";
    private const string Content = "Xml";
    private const string End = "ExpiresAt";

    // Longer than anything that was sealed with a key lives on after it.
    private static readonly TimeSpan s_afterlife = TimeSpan.FromDays(2);

    /// <summary>A row that is no key is passed over: nothing can have been sealed with it.</summary>
    internal async Task<IReadOnlyList<XElement>> ReadAsync(CancellationToken cancellationToken)
    {
        var keys = new List<XElement>();
        await foreach (
            var row in store.QueryAsync(Table, TableFilter.Equal("PartitionKey", Partition), [Content], cancellationToken)
        )
        {
            if (row.Values.GetValueOrDefault(Content) is string text && Parse(text) is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    internal Task WriteAsync(XElement key, CancellationToken cancellationToken) =>
        store.UpsertAsync(
            Table,
            new TableRow(
                Partition,
                $"{KnownKeys.IdOf(key) ?? Guid.NewGuid()}",
                new Dictionary<string, object>
                {
                    [Content] = key.ToString(SaveOptions.DisableFormatting),
                    [End] = (KnownKeys.EndOf(key) ?? time.GetUtcNow().AddDays(90)) + s_afterlife,
                }
            ),
            cancellationToken
        );

    /// <summary>Removes keys with which nothing can be open any more.</summary>
    public Task<int> PurgeAsync(CancellationToken cancellationToken) =>
        store.PurgeAsync(Table, TableFilter.Before(End, time.GetUtcNow()), cancellationToken);

    private static XElement? Parse(string text)
    {
        try
        {
            return XElement.Parse(text);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
