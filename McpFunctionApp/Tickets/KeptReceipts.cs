using System.Runtime.InteropServices;

namespace McpFunctionApp.Tickets;

/// <summary>The receipts of submissions that had a key, for who sends the same again: the newest 1,000 within 8 MiB, of this
/// process alone.</summary>
internal sealed class KeptReceipts
{
    private const int Capacity = 1_000;
    private const int MaxBytes = 8 * 1_048_576;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonElement> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private int _bytes;

    public void Keep(string id, JsonElement receipt)
    {
        lock (_gate)
        {
            if (!_byId.TryAdd(id, receipt))
            {
                return;
            }

            _order.Enqueue(id);
            _bytes += Size(receipt);
            while (_order.Count > Capacity || _bytes > MaxBytes)
            {
                _byId.Remove(_order.Dequeue(), out var oldest);
                _bytes -= Size(oldest);
            }
        }
    }

    public JsonElement? Find(string id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var receipt) ? receipt : null;
        }
    }

    private static int Size(JsonElement receipt) => JsonMarshal.GetRawUtf8Value(receipt).Length;
}
