using McpFunctionApp.Callers;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Submissions;

/// <summary>Finds the id of what was created, and what people call it: in the body, else in the headers.</summary>
internal static class ReceiptReader
{
    private const int MaxText = 300;
    private const int MaxUrl = 2_048;

    private static readonly string[] s_ids = ["id", "key", "number", "sys_id", "issueKey", "ticketId", "requestId"];
    private static readonly string[] s_places = ["request", "ticket", "result", "data", "service_request", "issue", "incident"];

    public static SubmissionReceipt Read(SubmissionResponse response, JsonElement? json, string token)
    {
        if (json is not { } body)
        {
            return FromHeaders(response, token);
        }

        var root = JsonMembers.Single(body);
        foreach (var place in s_places.SelectMany(name => JsonMembers.Named(root, name)).Select(JsonMembers.Single).Prepend(root))
        {
            if (First(place, s_ids, token) is { } id)
            {
                return new SubmissionReceipt(
                    id,
                    First(place, ["number"], token),
                    Url(place, token),
                    Status(place, token) ?? Status(root, token)
                );
            }
        }

        return FromHeaders(response, token) with
        {
            Status = Status(root, token),
        };
    }

    /// <param name="given">An object with <c>id</c>, <c>number</c>, <c>url</c> and <c>status</c>, as far as there are
    /// any.</param>
    /// <param name="otherwise">What stands for those that there are none of, where there is no id: of an answer that an id was
    /// found in, nothing else is guessed.</param>
    public static SubmissionReceipt Of(JsonElement given, SubmissionReceipt otherwise, string token)
    {
        var own = new SubmissionReceipt(
            First(given, ["id"], token),
            First(given, ["number"], token),
            Url(given, token),
            Status(given, token)
        );
        return own.IdJson is not null
            ? own
            : new SubmissionReceipt(
                otherwise.IdJson,
                own.NumberJson ?? otherwise.NumberJson,
                own.Url ?? otherwise.Url,
                own.Status ?? otherwise.Status
            );
    }

    public static SubmissionReceipt FromHeaders(SubmissionResponse response, string token) =>
        SubmissionReceipt.Empty with
        {
            IdJson = IdFrom(response, token),
        };

    private static string? First(JsonElement place, string[] names, string token) =>
        names
            .SelectMany(name => JsonMembers.Named(place, name))
            .Select(value => Id(value, token))
            .FirstOrDefault(id => id is not null);

    private static string? Id(JsonElement value, string token)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return IsId(value.GetRawText(), token) ? value.GetRawText() : null;
        }

        return JsonMembers.Text(value) is { } text ? Shown(text, token) : null;
    }

    /// <summary>As JSON text, and as it will be seen, in the receipt as in the log: what is looked at is what goes out.</summary>
    private static string? Shown(string text, string token)
    {
        var shown = text.Length <= MaxText ? Quotable.OneLine(text) : text;
        return IsId(shown, token) ? $"\"{JsonEncodedText.Encode(shown, CompactJson.Options.Encoder)}\"" : null;
    }

    private static bool IsId(string text, string token) =>
        text.Length <= MaxText && !string.IsNullOrWhiteSpace(text) && !TokenGuard.RepeatsInData(text, token);

    private static string? Url(JsonElement place, string token) =>
        JsonMembers
            .Named(place, "url")
            .Select(JsonMembers.Text)
            .FirstOrDefault(text =>
                text is { Length: <= MaxUrl }
                && Uri.TryCreate(text, UriKind.Absolute, out var url)
                && url.Scheme == Uri.UriSchemeHttps
                && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
                && !TokenGuard.RepeatsInData(text, token)
            );

    private static string? Status(JsonElement place, string token) =>
        JsonMembers
            .Named(place, "status")
            .Select(JsonMembers.Text)
            .Select(text => text is null ? "" : Quotable.Shorten(text, MaxText))
            .FirstOrDefault(text => text.Length > 0 && !TokenGuard.RepeatsInData(text, token));

    private static string? IdFrom(SubmissionResponse response, string token)
    {
        var key = Key(response.EntityId);
        var segment = LastSegment(response.Location);

        // An OData service may name the same entity in both: incidents(33) is its address, and 33 its key.
        var id = segment is null || (key is not null && segment.EndsWith(')')) ? key : segment;
        return id is null ? null : Shown(id, token);
    }

    private static string? LastSegment(string? location)
    {
        if (location is null)
        {
            return null;
        }

        var path = location.Split('?', '#')[0];
        var authority = path.IndexOf("//", StringComparison.Ordinal);
        var start = authority < 0 ? 0 : path.IndexOf('/', authority + 2);
        var segment = start < 0 ? "" : path[start..].TrimEnd('/').Split('/')[^1];
        return segment.Length == 0 ? null : Uri.UnescapeDataString(segment);
    }

    private static string? Key(string? entityId)
    {
        var start = entityId?.LastIndexOf('(') ?? -1;
        var end = entityId?.LastIndexOf(')') ?? -1;
        var key = start >= 0 && end > start + 1 ? Uri.UnescapeDataString(entityId![(start + 1)..end]).Trim('\'') : "";
        return key.Length == 0 ? null : key;
    }
}
