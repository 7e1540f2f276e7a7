using System.Net;
using System.Net.Sockets;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>Ports for processes that must be told one before they start.</summary>
internal static class FreePort
{
    private const int Lowest = 20_000;
    private const int Count = 10_000;

    private static int s_last = Random.Shared.Next(Count);

    /// <summary>A port that nobody listens on, below those that systems give to outgoing connections: such a one could be taken
    /// before the process is there.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Lowest + (Interlocked.Increment(ref s_last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
