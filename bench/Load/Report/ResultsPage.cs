using Bench.Load.Cases;

namespace Bench.Load.Report;

/// <summary>Writes the book down as RESULTS.md.</summary>
internal static class ResultsPage
{
    private static readonly string[] s_billed =
    [
        CaseNames.List,
        CaseNames.ListPerRequest,
        CaseNames.ListWithoutToken,
        CaseNames.Add,
        CaseNames.Create,
        CaseNames.Cold,
    ];

    public static string Write(Rig rig) =>
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
                .. Table(
                    ["Goal", "Wanted", "Measured", ""],
                    Goals
                        .Judge(rig.Book, rig.Plan)
                        .Select(goal => new[] { goal.Text, goal.Want, goal.Measured?.ToString() ?? "-", goal.Verdict })
                ),
                "",
                .. rig.Book.Cases.SelectMany(name => Case(rig.Book, name)),
            ]
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
            if (!rig.Has(packages))
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
