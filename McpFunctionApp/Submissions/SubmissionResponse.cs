using System.Text;
using System.Text.Unicode;

namespace McpFunctionApp.Submissions;

/// <summary>An HTTP answer to a submission, as far as anything is read from it.</summary>
/// <param name="MediaType">Of its <c>Content-Type</c>, without parameters; null where it named none.</param>
/// <param name="EntityId">The header <c>OData-EntityId</c>.</param>
/// <param name="Body">Null where it is larger than what is read.</param>
public sealed record SubmissionResponse(
    int Status,
    string? MediaType,
    string? Location,
    string? EntityId,
    ReadOnlyMemory<byte>? Body
)
{
    private static readonly string[] s_pages = ["<!doctype html", "<html", "<head", "<body", "<script"];

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The body as text, without a byte order mark and blanks around it; empty where it is no UTF-8.</summary>
    public string Text { get; } =
        Body is { } body && Utf8.IsValid(body.Span)
            ? Encoding.UTF8.GetString(body.Span).Trim('\uFEFF', ' ', '\t', '\r', '\n')
            : "";

    /// <summary>The body as JSON; null where it is none.</summary>
    public JsonElement? ReadJson()
    {
        try
        {
            return Text.Length == 0 ? null : JsonElement.Parse(Text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether it is a web page, by its name or by its beginning. JSON is JSON, whatever it is called.</summary>
    public bool IsHtml(JsonElement? json) =>
        json is null && Text.Length > 0 && (MediaType is "text/html" or "application/xhtml+xml" || s_pages.Any(BeginsWith));

    /// <summary>After what may stand before a page's first tag: declarations and comments.</summary>
    private bool BeginsWith(string tag)
    {
        var rest = Text.AsSpan();
        while (rest.StartsWith("<?", StringComparison.Ordinal) || rest.StartsWith("<!--", StringComparison.Ordinal))
        {
            var end = rest.IndexOf(rest[1] == '?' ? "?>" : "-->", StringComparison.Ordinal);
            rest = end < 0 ? [] : rest[(end + (rest[1] == '?' ? 2 : 3))..].TrimStart();
        }

        return rest.StartsWith(tag, StringComparison.OrdinalIgnoreCase);
    }
}
