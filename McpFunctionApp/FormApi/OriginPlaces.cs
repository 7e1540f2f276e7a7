using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using McpFunctionApp.Callers;

namespace McpFunctionApp.FormApi;

/// <summary>
/// The calls that may be under way to form APIs: for each form as many as <c>Schemas:MaxConcurrentOriginCalls</c>, so
/// that one slow API holds up no other. Tokens that nothing has accepted yet may take all of these but a sixteenth (of
/// four or more at least one), so that made-up ones hold up no caller whose form has expired.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The semaphores have no wait handle to free, and a call that the stopping app gives up still returns "
        + "its place."
)]
public sealed class OriginPlaces(SchemaOptions options, AcceptedTokens accepted)
{
    private readonly ConcurrentDictionary<string, Pool> _pools = new(StringComparer.Ordinal);

    /// <returns>The place, which is free again once disposed.</returns>
    /// <exception cref="OperationCanceledException">None was free in time.</exception>
    internal async ValueTask<Place> TakeAsync(FormOptions form, Caller caller, CancellationToken cancellationToken)
    {
        var pool = _pools.GetOrAdd(form.Tool, _ => new Pool(options.MaxConcurrentOriginCalls));
        var strangers = caller.IsVerified || accepted.Contains(caller) ? null : pool.Strangers;
        if (strangers is not null)
        {
            await strangers.WaitAsync(cancellationToken);
        }

        try
        {
            await pool.All.WaitAsync(cancellationToken);
            return new Place(pool.All, strangers);
        }
        catch
        {
            strangers?.Release();
            throw;
        }
    }

    private sealed class Pool(int size)
    {
        public SemaphoreSlim All { get; } = new(size);

        public SemaphoreSlim Strangers { get; } = new(size < 4 ? size : size - Math.Max(1, size / 16));
    }

    internal sealed class Place(SemaphoreSlim all, SemaphoreSlim? strangers) : IDisposable
    {
        public void Dispose()
        {
            all.Release();
            strangers?.Release();
        }
    }
}
