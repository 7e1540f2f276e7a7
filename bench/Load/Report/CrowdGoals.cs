using Bench.Load.Cases;

namespace Bench.Load.Report;

/// <summary>What must hold when there are more callers than memory holds, when many forms expire, and with many
/// instances.</summary>
internal static class CrowdGoals
{
    public static IEnumerable<Goal> Judge(Book book) => [.. OfMemory(book), .. OfExpiry(book), .. OfInstances(book)];

    public static IEnumerable<Goal> OfMemory(Book book) =>
        new[] { CrowdCase.Uniform, CrowdCase.Zipf }.SelectMany(crowd => OfMemory(book, crowd));

    private static IEnumerable<Goal> OfMemory(Book book, string crowd)
    {
        var (limited, small) = (CrowdCase.Subject(crowd, CrowdCase.Limited), CrowdCase.Subject(crowd, CrowdCase.Small));
        Spread? Over(string subject, string unit) =>
            book.Ratio(CaseNames.Crowd, subject, CrowdCase.Subject(crowd, CrowdCase.Unbounded), unit);
        return
        [
            Goal.AtLeast($"crowd, {limited}: hits over those of a memory that holds all", 0.9, Over(limited, Units.Hits)),
            Goal.AtLeast($"crowd, {limited}: rate over that of a memory that holds all", 0.9, Over(limited, Units.Rate)),
            Goal.AtMost($"crowd, {limited}: p99 over that of a memory that holds all", 2, Over(limited, Units.P99)),
            Goal.AtMost(
                $"crowd, {limited}: form API calls per 100 requests (0 where memory holds all)",
                10,
                book.Find(CaseNames.Crowd, limited, Units.CallsPerHundred)
            ),
            .. Over(small, Units.Hits) is { } hits
                ? [Goal.AtLeast($"crowd, {small}, which does not hold all: hits over those of one that does", 0.5, hits)]
                : Array.Empty<Goal>(),
        ];
    }

    private static IEnumerable<Goal> OfExpiry(Book book) =>
        [
            Goal.AtMost(
                "10,000 forms expire at one moment: form API calls at once",
                ExpiryCase.Places,
                book.Find(CaseNames.Expiry, ExpiryCase.AtOnce, Units.AtOnce)
            ),
            Goal.AtMost(
                "10,000 forms expire at one moment: ms in which all have asked",
                1_000,
                book.Find(CaseNames.Expiry, ExpiryCase.AtOnce, Units.Sending)
            ),
            Goal.AtMost(
                "10,000 forms expire at one moment: p99 of those who wait over what the form API needs for all",
                2,
                book.RatioOfUnits(CaseNames.Expiry, ExpiryCase.AtOnce, Units.P99, Units.LeastPossible)
            ),
        ];

    private static IEnumerable<Goal> OfInstances(Book book) =>
        [
            Goal.AtMost(
                "50 instances: form API calls per caller and life of a form",
                InstancesCase.MostCallsPerLife,
                book.Find(CaseNames.Instances, InstancesCase.Apart, Units.CallsPerLife)
            ),
            Goal.AtMost(
                "50 instances: seconds until an invalidation has reached all",
                60,
                book.Find(CaseNames.Instances, InstancesCase.Invalidation, Units.Seconds)
            ),
        ];
}
