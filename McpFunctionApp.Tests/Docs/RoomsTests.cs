using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

/// <summary>The rooms stand in docs/architecture.md in the order in which a request passes them: nothing goes back up.</summary>
public sealed partial class RoomsTests
{
    private static readonly string s_product = Path.Combine(Repository.Root, "McpFunctionApp");

    private static readonly List<string> s_order =
    [
        .. Row()
            .Matches(Repository.Read("docs/architecture.md").ReplaceLineEndings("\n"))
            .SelectMany(row => Name().Matches(row.Groups[1].Value))
            .Select(name => name.Groups[1].Value)
            .Distinct(),
    ];

    [Fact]
    public void Every_room_of_the_code_is_in_the_table()
    {
        Assert.True(s_order.Count > 10);
        Assert.Empty(Sources().Select(source => source.Room).Distinct().Except(s_order));
    }

    [Fact]
    public void No_room_calls_one_before_it() =>
        Assert.Empty(
            from source in Sources()
            from called in Called().Matches(source.Text).Select(match => match.Groups[1].Value)
            where s_order.IndexOf(called) < s_order.IndexOf(source.Room)
            select $"{source.File} calls {called}"
        );

    [Fact]
    public void A_folder_has_about_twenty_files_at_most() =>
        Assert.Empty(
            Written(".cs")
                .GroupBy(path => Path.GetDirectoryName(path))
                .Where(folder => folder.Count() > 22)
                .Select(folder => $"{folder.Key} has {folder.Count()}")
        );

    [Fact]
    public void No_line_is_longer_than_130_columns() =>
        Assert.Empty(
            from path in Written(".cs", ".mjs", ".js", ".css", ".html")
            from line in File.ReadLines(path)
            where line.Length > 130
            select $"{path}: {line}"
        );

    /// <summary>What people have written of the app and its tests, and no tool has made or fetched.</summary>
    private static IEnumerable<string> Written(params string[] extensions) =>
        from project in new[] { s_product, NodeRig.ProjectDirectory }
        from path in Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories)
        where
            extensions.Contains(Path.GetExtension(path))
            && !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "node_modules")
        select path;

    /// <summary>Those of a room: what stands at the top puts the rooms together.</summary>
    private static IEnumerable<(string Path, string File, string Room, string Text)> Sources() =>
        from path in Directory.EnumerateFiles(s_product, "*.cs", SearchOption.AllDirectories)
        where !path.StartsWith(Path.Combine(s_product, "obj"), StringComparison.Ordinal)
        let text = File.ReadAllText(path)
        let room = Room().Match(text)
        where room.Success
        select (path, Path.GetFileName(path), room.Groups[1].Value, text);

    [GeneratedRegex(@"^\| (`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)(?:/\w+)?`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^namespace McpFunctionApp\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Room();

    [GeneratedRegex(@"^using (?:static )?McpFunctionApp\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Called();
}
