using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Bench.Load;

/// <summary>
/// One keep-alive connection, blocking: the cheapest client there is, so that the load leaves its core free enough.
/// <see cref="Body"/> is valid until the next exchange.
/// </summary>
internal sealed class Wire : IDisposable
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[8_192];
    private int _length;
    private int _bodyStart;
    private int _bodyLength;

    public Wire(int port)
    {
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)Patience.TotalMilliseconds;
        _socket.Connect("127.0.0.1", port);
    }

    public int Status { get; private set; }

    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_bodyStart, _bodyLength);

    /// <exception cref="SocketException">The connection broke, or there was no answer in time.</exception>
    /// <exception cref="InvalidDataException">The answer is no HTTP.</exception>
    public void Exchange(ReadOnlySpan<byte> request)
    {
        Send(request);
        Read();
    }

    public void Send(ReadOnlySpan<byte> request) => _socket.Send(request);

    /// <summary>Waits, without a thread, until an answer has begun to come.</summary>
    /// <exception cref="SocketException">The connection broke.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public Task ReadableAsync() => _socket.ReceiveAsync(Memory<byte>.Empty).AsTask().WaitAsync(Patience);

    /// <summary>The answer to what was sent.</summary>
    public void Read()
    {
        _length = 0;
        var headEnd = ReadUntil("\r\n\r\n"u8, 0);
        var head = _buffer.AsSpan(0, headEnd);
        Status = Utf8Parser.TryParse(head[9..12], out int status, out _)
            ? status
            : throw new InvalidDataException("No status line.");
        _bodyStart = headEnd + 4;
        if (Header(head, "content-length"u8) is { Length: > 0 } text && Utf8Parser.TryParse(text, out int length, out _))
        {
            Fill(_bodyStart + length);
            _bodyLength = length;
        }
        else
        {
            _bodyLength = Header(head, "transfer-encoding"u8).IsEmpty ? 0 : ReadChunks();
        }
    }

    public void Dispose() => _socket.Dispose();

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (line.Length > name.Length && line[name.Length] == ':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[(name.Length + 1)..].Trim((byte)' ');
            }
        }

        return default;
    }

    /// <summary>Moves the chunks together; returns the length of the whole.</summary>
    private int ReadChunks()
    {
        var (at, end) = (_bodyStart, _bodyStart);
        while (true)
        {
            var lineEnd = ReadUntil("\r\n"u8, at);
            if (!Utf8Parser.TryParse(_buffer.AsSpan(at, lineEnd - at), out int size, out _, 'x'))
            {
                throw new InvalidDataException("No chunk size.");
            }

            Fill(lineEnd + 2 + size + 2);
            Buffer.BlockCopy(_buffer, lineEnd + 2, _buffer, end, size);
            at = lineEnd + 2 + size + 2;
            end += size;
            if (size == 0)
            {
                return end - _bodyStart;
            }
        }
    }

    private int ReadUntil(ReadOnlySpan<byte> mark, int from)
    {
        int found;
        while ((found = _buffer.AsSpan(from, Math.Max(0, _length - from)).IndexOf(mark)) < 0)
        {
            Receive();
        }

        return from + found;
    }

    private void Fill(int length)
    {
        while (_length < length)
        {
            Receive();
        }
    }

    private void Receive()
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _socket.Receive(_buffer.AsSpan(_length));
        _length +=
            read > 0 ? read : throw new InvalidDataException("The server closed the connection before its answer was complete.");
    }
}
