namespace Bench.Load;

/// <summary>A server under test: its process, and the gauge in it.</summary>
internal sealed record Server(string Name, ServerProcess Process, Gauge Gauge) : IDisposable
{
    public int Port => Process.Port;

    public void Dispose()
    {
        Gauge.Dispose();
        Process.Dispose();
    }
}
