using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bench.Load;

/// <summary>What a whole process has used so far; bytes are 0 where its runtime does not count them.</summary>
internal sealed record Reading(double CpuMicroseconds, double AllocatedBytes, double HeapBytes);

/// <summary>The connection over which a server under test tells what it has used; when it is closed, the server ends
/// itself.</summary>
internal sealed class Gauge(TcpClient client) : IDisposable
{
    private readonly StreamReader _reader = new(client.GetStream());
    private readonly StreamWriter _writer = new(client.GetStream()) { AutoFlush = true, NewLine = "\n" };

    /// <param name="collect">Collects garbage first, so that the heap is what is really held.</param>
    public Reading Read(bool collect = false)
    {
        _writer.WriteLine(collect ? "collect" : "read");
        var numbers = (_reader.ReadLine() ?? throw new InvalidOperationException("The server has ended.")).Split(' ');
        return new Reading(Number(numbers[0]), Number(numbers[1]), Number(numbers[2]));
    }

    public void Dispose()
    {
        _reader.Dispose();
        client.Dispose();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Waits for the gauges of the servers that are started.</summary>
internal sealed class GaugeBoard : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public GaugeBoard() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async Task<Gauge> AcceptAsync(CancellationToken limit) => new(await _listener.AcceptTcpClientAsync(limit));

    public void Dispose() => _listener.Dispose();
}
