namespace McpFunctionApp.Adapters;

/// <summary>The adapters that come with the app, embedded: one file for each system.</summary>
internal static class AdapterPresets
{
    private const string Folder = "McpFunctionApp.Adapters.Presets.";
    private const string Ending = ".json";

    /// <summary>Their names, as <c>Forms:n:Adapter</c> has them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(AdapterPresets)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <returns>Null where there is no preset of this name.</returns>
    public static byte[]? Find(string name)
    {
        using var file = typeof(AdapterPresets).Assembly.GetManifestResourceStream($"{Folder}{name.ToLowerInvariant()}{Ending}");
        if (file is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
