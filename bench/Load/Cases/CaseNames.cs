namespace Bench.Load.Cases;

/// <summary>The cases, as they are called in RESULTS.md.</summary>
internal static class CaseNames
{
    public const string List = "Warm list, handshake revisions";
    public const string ListPerRequest = "Warm list, 2026-07-28";
    public const string ListWithoutToken = "List without a token";
    public const string Add = "Warm call of add";
    public const string Create = "Warm call of create_request";
    public const string CreateBesideList = "A create_request beside a list";
    public const string Pace = "Latency at a fixed rate";
    public const string Callers = "Cached callers in random order";
    public const string Memory = "Memory of cached callers";
    public const string Crowd = "Many callers of many forms";
    public const string Expiry = "Many forms expire, the form API 50 ms away";
    public const string Instances = "50 instances over one table";
    public const string Cold = "Cold list, the form API 50 ms away";
    public const string Storm = "A crowd at one expired form";
    public const string Down = "The form API is down";
    public const string Start = "Cold start, plain build";
    public const string StartReady = "Cold start, ReadyToRun";
    public const string FunctionsList = "Warm list through the Functions host";
    public const string FunctionsAdd = "Warm call of add through the Functions host";
    public const string FunctionsStart = "Cold start as a worker, plain build";
    public const string FunctionsStartReady = "Cold start as a worker, ReadyToRun";
    public const string Peak = "Peak memory after the warm cases";
    public const string Micro = "Allocated bytes, in memory";
}
