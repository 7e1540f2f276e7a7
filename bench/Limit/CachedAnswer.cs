using System.Buffers.Text;
using System.IO.Pipelines;

namespace Bench.Limit;

/// <summary>The bytes of one answer, split where the request's id belongs.</summary>
internal sealed class CachedAnswer(byte[] bytes)
{
    private const int LongestId = 20;

    private static readonly byte[] s_id = [.. "\"id\":"u8];

    private readonly ReadOnlyMemory<byte> _head = bytes.AsMemory(0, StartOfId(bytes));
    private readonly ReadOnlyMemory<byte> _tail = bytes.AsMemory(
        StartOfId(bytes) + bytes.AsSpan(StartOfId(bytes)).IndexOf((byte)',')
    );

    /// <returns>How many bytes were written.</returns>
    public int Write(PipeWriter writer, long id)
    {
        var span = writer.GetSpan(_head.Length + LongestId + _tail.Length);
        _head.Span.CopyTo(span);
        Utf8Formatter.TryFormat(id, span[_head.Length..], out var digits);
        _tail.Span.CopyTo(span[(_head.Length + digits)..]);
        return _head.Length + digits + _tail.Length;
    }

    private static int StartOfId(byte[] bytes) => bytes.AsSpan().LastIndexOf(s_id) + s_id.Length;
}
