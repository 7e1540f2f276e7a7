using Bench.Load.Cases;

namespace Bench.Load.Report;

/// <summary>
/// Writes the book down as RESULTS.md: a page of all cases, and a part at its end of the run with 100,000 callers, which takes
/// longer than all of them. Each run leaves what the other has written.
/// </summary>
internal static class ResultsPage
{
    private const string LargeHeading = "# 100,000 callers";

    private static readonly string[] s_billed =
    [
        CaseNames.List,
        CaseNames.ListPerRequest,
        CaseNames.ListWithoutToken,
        CaseNames.Add,
        CaseNames.Create,
        CaseNames.Cold,
    ];

    /// <param name="before">The file as it is: what it says of 100,000 callers stays.</param>
    public static string Write(Rig rig, string before) => $"{Page(rig)}\n{Large(before)}";

    /// <param name="before">The file as it is: all but what it says of 100,000 callers stays.</param>
    public static string WriteLarge(Rig rig, string before) =>
        string.Join(
            '\n',
            [
                $"{before[..^Large(before).Length].TrimEnd()}\n",
                LargeHeading,
                "",
                $"Written by `bench/run --only crowd --crowd-minutes {rig.Plan.Crowded.TotalMinutes}`: 100,000 callers of 2,000 "
                    + "forms.",
                "",
                .. rig.Machine.Describe(rig.Files),
                "",
                .. GoalTable(CrowdGoals.OfMemory(rig.Book)),
                "",
                .. rig.Book.Cases.SelectMany(name => Case(rig.Book, name)),
            ]
        );

    public static string Page(Rig rig) =>
        string.Join(
            '\n',
            [
                "# Results",
                "",
                "Written by `bench/run`; [README.md](README.md) says how each number is made. Medians of the rounds, least "
                    + "and most in parentheses; ratios are taken round by round, between servers measured one after the other.",
                "",
                .. rig.Machine.Describe(rig.Files),
                .. Missing(rig),
                "",
                "## What a request costs",
                "",
                "CPU time (user and system) and allocated bytes per request, over the whole process.",
                "",
                .. Costs(rig.Book),
                "",
                "## Goals",
                "",
                .. GoalTable(Goals.Judge(rig.Book, rig.Plan)),
                "",
                .. rig.Book.Cases.SelectMany(name => Case(rig.Book, name)),
            ]
        );

    private static string Large(string page) =>
        page.IndexOf($"\n{LargeHeading}\n", StringComparison.Ordinal) is >= 0 and var at ? page[(at + 1)..] : "";

    private static IEnumerable<string> GoalTable(IEnumerable<Goal> goals) =>
        Table(
            ["Goal", "Wanted", "Measured", ""],
            goals.Select(goal => new[] { goal.Text, goal.Want, goal.Measured?.ToString() ?? "-", goal.Verdict })
        );

    private static IEnumerable<string> Missing(Rig rig)
    {
        foreach (
            var (packages, cases) in new[]
            {
                ("typescript", "the peer typescript"),
                ("fastmcp", "the peer fastmcp"),
                ("azurite", "cold lists with a table, and the instances"),
            }
        )
        {
            if (!Rig.Has(packages))
            {
                yield return $"- not measured: {cases} (Node 20 or newer with npm, or a package, is not here)";
            }
        }

        if (!new[] { rig.Files.ReadyProduct, rig.Files.ReadyEmpty, rig.Files.ReadyFixedWorker }.All(File.Exists))
        {
            yield return "- not measured: cold starts of ReadyToRun (its compiler, microsoft.netcore.app.crossgen2, is not in "
                + "the package registry)";
        }
    }

    private static IEnumerable<string> Costs(Book book) =>
        Table(
            ["Request", "Server", Units.Cpu, Units.Bytes],
            from name in s_billed
            from subject in book.Subjects(name)
            where book.Find(name, subject, Units.Bytes) is not null
            select new[] { name, subject, Cell(book, name, subject, Units.Cpu), Cell(book, name, subject, Units.Bytes) }
        );

    private static IEnumerable<string> Case(Book book, string name)
    {
        var units = book.Units(name);
        var rows = book.Subjects(name)
            .Select(subject => units.Select(unit => Cell(book, name, subject, unit)).Prepend(subject).ToArray());
        return [$"## {name}", "", .. Table(["", .. units], rows), ""];
    }

    private static string Cell(Book book, string name, string subject, string unit) =>
        book.Find(name, subject, unit)?.ToString() ?? "-";

    private static IEnumerable<string> Table(IReadOnlyList<string> head, IEnumerable<string[]> rows) =>
        [Row(head), Row([.. head.Select(_ => "---")]), .. rows.Select(Row)];

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |";
}
