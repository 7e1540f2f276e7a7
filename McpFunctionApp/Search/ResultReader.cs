using System.Text.Unicode;

namespace McpFunctionApp.Search;

/// <summary>Reads the answer of Elasticsearch's <c>_search</c>. Pure; anything but a whole result is a fault.</summary>
internal static class ResultReader
{
    public static SearchAnswer Read(ReadOnlyMemory<byte> utf8, EntityType type)
    {
        try
        {
            return Utf8.IsValid(utf8.Span) ? Read(JsonElement.Parse(utf8.Span), type) : Malformed("is not valid UTF-8");
        }
        catch (JsonException)
        {
            return Malformed("is not JSON");
        }
        catch (InvalidOperationException)
        {
            return Malformed("has text that is not valid Unicode");
        }
    }

    /// <summary>Whether a 404 is about the index, and not of a server that is no Elasticsearch.</summary>
    public static bool IsMissingIndex(ReadOnlyMemory<byte> utf8) => IsError(utf8, "index_not_found_exception");

    /// <summary>Whether a 400 or 403 is about an index that is closed, or blocked for reading as a whole.</summary>
    public static bool IsClosedIndex(ReadOnlyMemory<byte> utf8) =>
        IsError(utf8, "index_closed_exception") || IsError(utf8, "cluster_block_exception");

    private static bool IsError(ReadOnlyMemory<byte> utf8, string type)
    {
        try
        {
            var error = Member(JsonElement.Parse(utf8.Span), "error");
            return Member(error, "type") is { ValueKind: JsonValueKind.String } kind && kind.ValueEquals(type);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static SearchAnswer Read(JsonElement root, EntityType type)
    {
        if (Member(root, "timed_out") is { ValueKind: JsonValueKind.True })
        {
            return SearchAnswer.Failed(SearchFault.Unavailable, "the search took it too long");
        }

        var outer = Member(root, "hits");
        if (
            Member(outer, "hits") is not { ValueKind: JsonValueKind.Array } list
            || Total(Member(outer, "total")) is not { } total
        )
        {
            return Malformed("has no 'hits'");
        }

        var hits = list.EnumerateArray().Take(type.Limit).Select(element => Hit(element, type)).ToList();
        return hits.Contains(null)
            ? Malformed("has a hit without '_id' or '_score'")
            : SearchAnswer.Of(new SearchHits(Math.Max(total, hits.Count), [.. hits.OfType<SearchHit>()]));
    }

    private static long? Total(JsonElement? total)
    {
        // A number alone is how versions before 7 say it.
        var value = total is { ValueKind: JsonValueKind.Object } ? Member(total, "value") : total;
        return value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) && count >= 0
            ? count
            : null;
    }

    private static SearchHit? Hit(JsonElement hit, EntityType type)
    {
        if (
            Member(hit, "_id") is not { ValueKind: JsonValueKind.String } id
            || Member(hit, "_score") is not { ValueKind: JsonValueKind.Number } score
            || !score.TryGetDouble(out var value)
            || !double.IsFinite(value)
        )
        {
            return null;
        }

        var source = Member(hit, "_source");
        var fields = type
            .Fields.Select(field => (field.Name, Value: Field(source, type.InIndex(field))))
            .Where(field => field.Value is not null)
            .Select(field => (field.Name, Readable(field.Value!.Value)));
        return new SearchHit(id.GetString()!, value, [.. fields]);
    }

    /// <summary>A dotted field may be written as one name or as objects in each other.</summary>
    private static JsonElement? Field(JsonElement? source, string name)
    {
        if (Member(source, name) is { } found)
        {
            return found;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : Field(Member(source, name[..dot]), name[(dot + 1)..]);
    }

    /// <exception cref="InvalidOperationException">It has text that is not valid Unicode, which would otherwise be found out only
    /// where it is shown.</exception>
    private static JsonElement Readable(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                Readable(element);
            }
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            _ = value.GetString();
        }

        return value;
    }

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;

    private static SearchAnswer Malformed(string problem) =>
        SearchAnswer.Failed(SearchFault.Unavailable, $"its answer {problem}");
}
