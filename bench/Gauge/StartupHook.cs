using System.Globalization;
using System.Net;
using System.Net.Sockets;

/// <summary>
/// Loaded by the runtime (DOTNET_STARTUP_HOOKS) into a server under test, which stays as it is published: tells the load
/// generator, over a loopback connection, what the whole process has used, and ends the process when that connection closes.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("BENCH_GAUGE_PORT"), CultureInfo.InvariantCulture, out var port))
        {
            new Thread(() => Serve(port)) { IsBackground = true, Name = "bench-gauge" }.Start();
        }
    }

    private static void Serve(int port)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, port);
        using var reader = new StreamReader(client.GetStream());
        using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        while (Read(reader) is { } question)
        {
            writer.WriteLine(Answer(collect: question == "collect"));
        }

        Environment.Exit(0);
    }

    /// <summary>User and system time in microseconds, bytes allocated since the start, bytes of the managed heap.</summary>
    private static string Answer(bool collect)
    {
        var cpu = Environment.CpuUsage.TotalTime.TotalMicroseconds;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        if (collect)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cpu:0} {allocated} {GC.GetTotalMemory(forceFullCollection: collect)}"
        );
    }

    private static string? Read(StreamReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
