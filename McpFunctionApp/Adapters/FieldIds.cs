namespace McpFunctionApp.Adapters;

/// <summary>Keys that say nothing to anybody: numbers, and what systems make of them. The field's name makes a better
/// parameter.</summary>
internal static class FieldIds
{
    private const int ShortestHash = 16;
    private const int FewestDigits = 4;

    /// <summary><c>360001234567</c>, <c>customfield_10010</c>, 32 hexadecimal digits, a GUID.</summary>
    public static bool IsId(string key) =>
        key.All(char.IsAsciiDigit)
        || Guid.TryParse(key, out _)
        || (key.Length >= ShortestHash && key.All(char.IsAsciiHexDigit) && key.Any(char.IsAsciiDigit))
        || (
            key[(key.LastIndexOf('_') + 1)..] is { Length: >= FewestDigits } end
            && end.Length < key.Length
            && end.All(char.IsAsciiDigit)
        );

    /// <returns>Null where nothing of the name can be in a parameter's: the key must do.</returns>
    public static string? ParameterOf(string name) =>
        name.Any(char.IsAsciiLetter) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : null;
}
