using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample.Search;

/// <summary>The sample's documents, read from the embedded file at first use: one index for each kind of entity.</summary>
internal sealed class SampleIndexes
{
    private const string Resource = "McpFunctionApp.Sample.Documents.documents.json";

    /// <summary>An index that is there and closed, as one is that is kept and not used.</summary>
    public const string Closed = $"{SampleElasticsearch.IndexPrefix}_archive";

    private readonly Lazy<FrozenDictionary<string, SampleIndex>> _indexes = new(LoadAll);

    public SampleIndex? Find(string name) => _indexes.Value.GetValueOrDefault(name);

    private static FrozenDictionary<string, SampleIndex> LoadAll()
    {
        using var file =
            typeof(SampleIndexes).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        return JsonNode
            .Parse(file)!
            .AsObject()
            .ToFrozenDictionary(
                kind => $"{SampleElasticsearch.IndexPrefix}_{kind.Key}",
                kind => new SampleIndex([.. kind.Value!.AsArray().Select(document => SampleDocument.From(document!.AsObject()))]),
                StringComparer.Ordinal
            );
    }
}
