namespace Bench.Load.Report;

/// <summary>What is measured. "CPU ms" and "bytes" are per request, over the whole process: user and system time, all that was
/// allocated.</summary>
internal static class Units
{
    public const string Rate = "requests/s";
    public const string P50 = "p50 ms";
    public const string P99 = "p99 ms";
    public const string Cpu = "CPU ms";
    public const string Bytes = "bytes";
    public const string Load = "load's core busy %";
    public const string OriginCalls = "form API calls";
    public const string TableCalls = "table calls";
    public const string KilobytesPerCaller = "heap KB per caller";
    public const string ChargedPerCaller = "charged KB per caller";
    public const string ChargeOff = "charge off the heap %";
    public const string Requests = "requests";
    public const string Callers = "callers";
    public const string Hits = "hits %";
    public const string CallsPerHundred = "form API calls per 100 requests";
    public const string Sending = "all sent within ms";
    public const string LeastPossible = "form API's own need ms";
    public const string AtOnce = "form API calls at once";
    public const string Longest = "longest ms";
    public const string Heap = "heap MB";
    public const string Charged = "charged MB";
    public const string CallsPerLife = "form API calls per caller and life";
    public const string MostOfOne = "most of one caller";
    public const string Reads = "table reads per request";
    public const string Writes = "table writes per request";
    public const string Deletes = "table deletes per request";
    public const string Seconds = "seconds";
    public const string FirstAnswer = "ms to first answer";
    public const string Peak = "peak MB";
}
