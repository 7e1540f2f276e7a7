using System.Buffers;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Messages;

/// <summary>
/// The bytes of a body that have come so far. What a client announces is not trusted with memory: the buffer grows with
/// what arrives, and beyond its first 16 KiB counts against the budget of the process.
/// </summary>
internal sealed class BodyBuffer(long? announced, EndpointOptions options, BytesInFlight.Claim claim)
{
    /// <summary>What every request may have without being counted, in bytes: the limit of connections bounds it.</summary>
    public const int Uncounted = 16_384;

    // From 16 KiB to a megabyte in two steps: each step copies what has come, and leaves its old array to be collected.
    private const long Growth = 8;

    private byte[] _bytes = new byte[(int)Math.Min(announced ?? 4_096, Uncounted)];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    private long Announced => Math.Min(announced ?? options.MaxRequestBytes, options.MaxRequestBytes);

    public bool IsCounted => _bytes.Length > Uncounted;

    /// <returns>Why they cannot be taken in; null where they have been.</returns>
    public async ValueTask<Rejection?> AddAsync(ReadOnlySequence<byte> arrived, CancellationToken cancellationToken)
    {
        var wanted = _length + arrived.Length;
        if (wanted > options.MaxRequestBytes)
        {
            return BodyRefusal.TooLarge(options);
        }

        if (wanted > _bytes.Length && !await GrowAsync((int)wanted, cancellationToken))
        {
            return BodyRefusal.Busy(default);
        }

        arrived.CopyTo(_bytes.AsSpan(_length));
        _length = (int)wanted;
        return null;
    }

    private async ValueTask<bool> GrowAsync(int wanted, CancellationToken cancellationToken)
    {
        var size = (int)Math.Min(Math.Max(Growth * _bytes.Length, wanted), Announced);
        if (size > Uncounted && !await claim.TakeAsync(size - Math.Max(_bytes.Length, Uncounted), cancellationToken))
        {
            return false;
        }

        Array.Resize(ref _bytes, size);
        return true;
    }
}
