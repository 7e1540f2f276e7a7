namespace McpFunctionApp.Forms;

/// <summary>What people call a parameter.</summary>
public static class FieldTitle
{
    /// <summary>The form's own name; where the parameter's says the same but for case and signs, that as words.</summary>
    public static string Of(FormProperty property) => property.Title ?? Words(property.Key);

    private static string Words(string key)
    {
        var words = key.Replace('_', ' ').Trim();
        return words.Length == 0 ? key : $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }
}
