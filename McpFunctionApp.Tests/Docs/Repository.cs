namespace McpFunctionApp.Tests.Docs;

/// <summary>The repository's own files, by their paths from its root.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(NodeRig.ProjectDirectory, ".."));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) => Path.Exists(Path.Combine(Root, path));
}
