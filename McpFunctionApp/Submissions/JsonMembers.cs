using System.Runtime.InteropServices;
using System.Text;

namespace McpFunctionApp.Submissions;

/// <summary>Looks into JSON that somebody else wrote: names in any case, and nothing that throws.</summary>
internal static class JsonMembers
{
    /// <summary>The values of all members of this ASCII name, whatever its case; none where this is no object.</summary>
    public static IEnumerable<JsonElement> Named(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (Ascii.EqualsIgnoreCase(JsonMarshal.GetRawUtf8PropertyName(member), name))
            {
                yield return member.Value;
            }
        }
    }

    /// <summary>The only entry of an array; else the element itself.</summary>
    public static JsonElement Single(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 1 ? element[0] : element;

    /// <summary>A string; null for anything else, and for escapes that are no text, such as "\ud800" alone.</summary>
    public static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member's name; null where it is no text.</summary>
    public static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
