using McpFunctionApp.Storage;

namespace McpFunctionApp.Tickets;

/// <summary>What came of claiming a key.</summary>
internal enum ClaimOutcome
{
    /// <summary>It is this call's alone.</summary>
    Claimed,

    /// <summary>Another call has it.</summary>
    Used,

    /// <summary>Nobody can say.</summary>
    Unknown,
}

/// <summary>
/// Which keys have been used: of all calls that come with one, one alone may submit. By rows of the table, where there is
/// one, for all instances; else in this process's memory, for this instance alone.
/// </summary>
public sealed partial class Claims(TimeProvider time, ILogger<Claims> logger, TableStore? store = null)
{
    public const string Table = "claims";

    private const string Claimant = "Claimant";
    private const string End = "ExpiresAt";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    // Clocks of instances differ: what one holds for used must be so while another still takes it.
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    private readonly ClaimMemory _memory = new(time);

    /// <param name="id">Of the key.</param>
    /// <param name="end">Until when the key can be used.</param>
    internal async Task<ClaimOutcome> ClaimAsync(string id, DateTimeOffset end)
    {
        if (store is null)
        {
            return _memory.Claim(id, end + s_margin);
        }

        using var limit = new CancellationTokenSource(s_limit, time);
        try
        {
            return await InsertAsync(store, id, end + s_margin, limit.Token);
        }
        catch (Exception e) when (e is TableStoreException or OperationCanceledException)
        {
            LogUnknown(e is TableStoreException ? e.Message : $"Table storage did not answer within {s_limit.TotalSeconds:0} s.");
            return ClaimOutcome.Unknown;
        }
    }

    /// <summary>Removes the claims of keys that cannot be used any more.</summary>
    public Task<int> PurgeAsync(CancellationToken cancellationToken) =>
        store is null
            ? Task.FromResult(0)
            : store.PurgeAsync(Table, TableFilter.Before(End, time.GetUtcNow()), cancellationToken);

    private static async Task<ClaimOutcome> InsertAsync(
        TableStore store,
        string id,
        DateTimeOffset end,
        CancellationToken cancellationToken
    )
    {
        var claimant = Guid.NewGuid().ToString("N");
        var row = new TableRow(PartitionOf(id), id, new Dictionary<string, object> { [Claimant] = claimant, [End] = end });
        if (await store.InsertAsync(Table, row, cancellationToken))
        {
            return ClaimOutcome.Claimed;
        }

        // It may be the row of this very call: where an answer was lost, the library writes again.
        var found = await store.GetAsync(Table, row.PartitionKey, id, cancellationToken);
        return found?.Values.GetValueOrDefault(Claimant) is string other && other == claimant
            ? ClaimOutcome.Claimed
            : ClaimOutcome.Used;
    }

    // Its end is random: what is claimed at one time is spread over partitions.
    private static string PartitionOf(string id) => id[^2..];

    [LoggerMessage(
        2031,
        LogLevel.Error,
        "The use of a question's or draft's key could not be claimed, and nothing was submitted: {Problem}"
    )]
    private partial void LogUnknown(string problem);
}
