using Bench.Load.Cases;

namespace Bench.Load.Report;

/// <summary>One goal: a measured number that has to be at least, or at most, so much.</summary>
internal sealed record Goal(string Text, double Wanted, bool IsAtLeast, Spread? Measured)
{
    public string Verdict =>
        Measured is null ? "not measured"
        : (IsAtLeast ? Measured.Median >= Wanted : Measured.Median <= Wanted) ? "met"
        : "missed";

    public static Goal AtLeast(string text, double wanted, Spread? measured) => new(text, wanted, true, measured);

    public static Goal AtMost(string text, double wanted, Spread? measured) => new(text, wanted, false, measured);

    public string Want => $"{(IsAtLeast ? "at least" : "at most")} {Numbers.Show(Wanted)}";
}

/// <summary>What the product has to reach, as ratios within one run.</summary>
internal static class Goals
{
    private static readonly string[] s_lists = ["list without a token", "list of the caller's form"];

    private const string Product = "product";
    private const string Limit = "limit";
    private const string Plain = "plain C#";

    public static IReadOnlyList<Goal> Judge(Book book, Plan plan) =>
        [
            .. new[] { CaseNames.List, CaseNames.ListPerRequest }.SelectMany(list => OfList(book, list)),
            Goal.AtMost(
                "warm create_request: CPU time over a list's",
                1.3,
                book.Ratio(CaseNames.CreateBesideList, WarmCases.OneCreate, WarmCases.OneList, Units.Cpu)
            ),
            Goal.AtLeast("warm call of add: rate over plain C#", 1.5, book.Ratio(CaseNames.Add, Product, Plain, Units.Rate)),
            Goal.AtMost(
                "warm list at a fixed rate: p99 over the limit's",
                2,
                book.Ratio(CaseNames.Pace, Product, Limit, Units.P99)
            ),
            Goal.AtLeast(
                $"{plan.VeryManyCallers:N0} cached callers: rate over one caller's",
                0.9,
                book.Ratio(CaseNames.Callers, $"{plan.VeryManyCallers:N0} callers", "1 caller", Units.Rate)
            ),
            Goal.AtMost(
                "warm list in memory: bytes over the SDK path's",
                0.1,
                book.Ratio(CaseNames.Micro, Product, "sdk", Units.Bytes)
            ),
            .. new[] { CaseNames.Start, CaseNames.StartReady }.SelectMany(start =>
                OfStart(book, start, "empty app", "the empty app's", 1.5)
            ),
            .. new[] { CaseNames.FunctionsList, CaseNames.FunctionsAdd }.Select(one =>
                Goal.AtLeast(
                    $"{Lower(one)}: rate over a worker's of fixed bytes",
                    0.8,
                    book.Ratio(one, Product, FunctionsCase.Fixed, Units.Rate)
                )
            ),
            .. new[] { CaseNames.FunctionsStart, CaseNames.FunctionsStartReady }.SelectMany(start =>
                OfStart(book, start, FunctionsCase.Fixed, "a worker's of fixed bytes", 1.1)
            ),
            .. OfMemory(book, plan),
            .. CrowdGoals.Judge(book),
        ];

    private static IEnumerable<Goal> OfList(Book book, string list) =>
        [
            Goal.AtMost($"{Lower(list)}: CPU time over the limit's", 1.5, book.Ratio(list, Product, Limit, Units.Cpu)),
            Goal.AtMost($"{Lower(list)}: bytes over plain C#'s", 0.1, book.Ratio(list, Product, Plain, Units.Bytes)),
            Goal.AtLeast($"{Lower(list)}: rate over the limit's", 0.9, book.Ratio(list, Product, Limit, Units.Rate)),
            Goal.AtLeast($"{Lower(list)}: rate over plain C#'s", 3.5, book.Ratio(list, Product, Plain, Units.Rate)),
        ];

    private static IEnumerable<Goal> OfMemory(Book book, Plan plan) =>
        [
            Goal.AtMost(
                "memory: heap KB per further caller with the same form",
                12,
                book.Find(CaseNames.Memory, CallersCase.Subject(plan.VeryManyCallers, "one form"), Units.KilobytesPerCaller)
            ),
            .. new[] { (CallersCase.OwnNames, 16), (CallersCase.OwnOptions, 100) }.SelectMany(form =>
                OfForms(book, CallersCase.Subject(plan.ManyCallers, form.Item1), form.Item2)
            ),
        ];

    private static IEnumerable<Goal> OfForms(Book book, string callers, double most) =>
        [
            Goal.AtMost($"memory: {callers}: heap KB each", most, book.Find(CaseNames.Memory, callers, Units.KilobytesPerCaller)),
            Goal.AtMost($"memory: {callers}: charge off the heap, %", 20, book.Find(CaseNames.Memory, callers, Units.ChargeOff)),
        ];

    private static IEnumerable<Goal> OfStart(Book book, string start, string peer, string over, double wanted) =>
        s_lists.Select(list =>
            Goal.AtMost(
                $"{Lower(start)}, {list}: time over {over}",
                wanted,
                book.Ratio(start, $"{Product}, {list}", peer, Units.FirstAnswer)
            )
        );

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
