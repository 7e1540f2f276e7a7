using Bench.Load.Cases;

namespace Bench.Load.Report;

/// <summary>One goal: a measured number that has to be at least, or at most, so much.</summary>
internal sealed record Goal(string Text, double Wanted, bool IsAtLeast, Spread? Measured)
{
    public string Verdict =>
        Measured is null ? "not measured"
        : (IsAtLeast ? Measured.Median >= Wanted : Measured.Median <= Wanted) ? "met"
        : "missed";

    public string Want => $"{(IsAtLeast ? "at least" : "at most")} {Numbers.Show(Wanted)}";
}

/// <summary>What the product has to reach, as ratios within one run.</summary>
internal static class Goals
{
    private const string Product = "product";
    private const string Limit = "limit";
    private const string Plain = "plain C#";

    public static IReadOnlyList<Goal> Judge(Book book, Plan plan) =>
        [
            .. new[] { CaseNames.List, CaseNames.ListPerRequest }.SelectMany(list => OfList(book, list)),
            AtLeast("warm call of add: rate over plain C#", 1.5, book.Ratio(CaseNames.Add, Product, Plain, Units.Rate)),
            AtMost("warm list at a fixed rate: p99 over the limit's", 2, book.Ratio(CaseNames.Pace, Product, Limit, Units.P99)),
            AtLeast(
                $"{plan.VeryManyCallers:N0} cached callers: rate over one caller's",
                0.9,
                book.Ratio(CaseNames.Callers, $"{plan.VeryManyCallers:N0} callers", "1 caller", Units.Rate)
            ),
            AtMost(
                "warm list in memory: bytes over the SDK path's",
                0.1,
                book.Ratio(CaseNames.Micro, Product, "sdk", Units.Bytes)
            ),
            .. new[] { CaseNames.Start, CaseNames.StartReady }.SelectMany(start =>
                OfStart(book, start, "empty app", "the empty app's", 1.5)
            ),
            .. new[] { CaseNames.FunctionsList, CaseNames.FunctionsAdd }.Select(one =>
                AtLeast(
                    $"{Lower(one)}: rate over a worker's of fixed bytes",
                    0.8,
                    book.Ratio(one, Product, FunctionsCase.Fixed, Units.Rate)
                )
            ),
            .. new[] { CaseNames.FunctionsStart, CaseNames.FunctionsStartReady }.SelectMany(start =>
                OfStart(book, start, FunctionsCase.Fixed, "a worker's of fixed bytes", 1.1)
            ),
            AtMost(
                "memory: heap KB per further caller with the same form",
                12,
                book.Find(CaseNames.Memory, $"{plan.VeryManyCallers:N0} callers with one form", Units.KilobytesPerCaller)
            ),
            .. OfCrowds(book),
        ];

    private static IEnumerable<Goal> OfList(Book book, string list) =>
        [
            AtMost($"{Lower(list)}: CPU time over the limit's", 1.5, book.Ratio(list, Product, Limit, Units.Cpu)),
            AtMost($"{Lower(list)}: bytes over plain C#'s", 0.1, book.Ratio(list, Product, Plain, Units.Bytes)),
            AtLeast($"{Lower(list)}: rate over the limit's", 0.75, book.Ratio(list, Product, Limit, Units.Rate)),
            AtLeast($"{Lower(list)}: rate over plain C#'s", 3.5, book.Ratio(list, Product, Plain, Units.Rate)),
        ];

    private static IEnumerable<Goal> OfCrowds(Book book) =>
        [
            AtLeast(
                "5,000 callers of 100 forms in 3 MB, or 100,000 of 2,000 in 64: hits, of those of a memory that holds all",
                0.9,
                book.Ratio(CaseNames.Crowd, CrowdCase.Limited, CrowdCase.Unbounded, Units.Hits)
            ),
            AtMost(
                "many forms expire at one moment: form API calls at once",
                ExpiryCase.Places,
                book.Find(CaseNames.Expiry, ExpiryCase.AtOnce, Units.AtOnce)
            ),
            AtMost(
                "50 instances: form API calls per caller and life of a form",
                InstancesCase.MostCallsPerLife,
                book.Find(CaseNames.Instances, InstancesCase.Apart, Units.CallsPerLife)
            ),
            AtMost(
                "50 instances: seconds until an invalidation has reached all",
                60,
                book.Find(CaseNames.Instances, InstancesCase.Invalidation, Units.Seconds)
            ),
        ];

    private static IEnumerable<Goal> OfStart(Book book, string start, string peer, string over, double wanted) =>
        book.Subjects(start)
            .Where(subject => subject.StartsWith(Product, StringComparison.Ordinal))
            .Select(subject =>
                AtMost(
                    $"{Lower(start)}, {subject["product, ".Length..]}: time over {over}",
                    wanted,
                    book.Ratio(start, subject, peer, Units.FirstAnswer)
                )
            );

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static Goal AtLeast(string text, double wanted, Spread? measured) => new(text, wanted, true, measured);

    private static Goal AtMost(string text, double wanted, Spread? measured) => new(text, wanted, false, measured);
}
