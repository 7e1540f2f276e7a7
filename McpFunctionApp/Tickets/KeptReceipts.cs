namespace McpFunctionApp.Tickets;

/// <summary>The receipts of submissions that had a key, for who sends the same again: the newest 1,000 within 8 MiB, of this
/// process alone.</summary>
internal sealed class KeptReceipts
{
    private const int Capacity = 1_000;
    private const int MaxBytes = 8 * 1_048_576;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private int _bytes;

    /// <param name="receipt">JSON in UTF-8.</param>
    public void Keep(string id, ReadOnlyMemory<byte> receipt)
    {
        lock (_gate)
        {
            if (!_byId.TryAdd(id, receipt))
            {
                return;
            }

            _order.Enqueue(id);
            _bytes += receipt.Length;
            while (_order.Count > Capacity || _bytes > MaxBytes)
            {
                _byId.Remove(_order.Dequeue(), out var oldest);
                _bytes -= oldest.Length;
            }
        }
    }

    public bool TryFind(string id, out ReadOnlyMemory<byte> receipt)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out receipt);
        }
    }
}
