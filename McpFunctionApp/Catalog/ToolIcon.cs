using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Catalog;

/// <summary>
/// The picture beside a tool in clients that show one (revision 2025-11-25; older ones pass over it): three lines of a form,
/// as a <c>data:</c> URI that needs no network and is as short as can be, since each tool of each list has it.
/// </summary>
internal static class ToolIcon
{
    private const string MimeType = "image/svg+xml";
    private const string Size = "any";

    private const string Uri =
        "data:"
        + MimeType
        + ",%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0,0,8,8'%3E"
        + "%3Cpath%20d='M1,2h6M1,4h6M1,6h4'%20stroke='teal'/%3E%3C/svg%3E";

    /// <summary>A new list each time, since it can be written into.</summary>
    public static List<Icon> ToIcons() =>
        [
            new()
            {
                Source = Uri,
                MimeType = MimeType,
                Sizes = [Size],
            },
        ];

    public static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("icons"u8);
        writer.WriteStartObject();
        writer.WriteString("src"u8, Uri);
        writer.WriteString("mimeType"u8, MimeType);
        writer.WriteStartArray("sizes"u8);
        writer.WriteStringValue(Size);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
