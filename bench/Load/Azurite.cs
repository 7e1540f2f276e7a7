namespace Bench.Load;

/// <summary>The table service that the tests use, in memory; its access log counts the calls.</summary>
internal sealed class Azurite : IDisposable
{
    /// <summary>The public key of every storage emulator.</summary>
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly string[] s_command =
    [
        "node",
        "--require",
        "./ends-with-parent.cjs",
        "node_modules/azurite/dist/src/table/main.js",
        "--tableHost",
        "127.0.0.1",
        "--tablePort",
        "{port}",
        "--inMemoryPersistence",
        "--skipApiVersionCheck",
        "--disableTelemetry",
    ];

    private readonly ServerProcess _process;
    private readonly string _log;
    private int _taken;
    private Operations _operations = new(0, 0, 0);

    private Azurite(ServerProcess process, string log) => (_process, _log) = (process, log);

    public string ConnectionString =>
        $"AccountName=devstoreaccount1;AccountKey={Key};TableEndpoint=http://127.0.0.1:{_process.Port}/devstoreaccount1";

    public static Azurite Start(Rig rig)
    {
        var log = rig.NextLog("azurite");
        var process = ServerProcess.Start("azurite", null, s_command, new Dictionary<string, string>(), log, rig.Files.Azurite);
        process.Connect().Dispose();
        return new Azurite(process, log);
    }

    /// <summary>The calls since this was last asked.</summary>
    public int TakeCalls()
    {
        var before = _taken;
        _taken = Calls();
        return _taken - before;
    }

    /// <summary>The same, by what they do.</summary>
    public Operations TakeOperations()
    {
        var (before, log) = (_operations, ReadLog());
        int Count(params string[] methods) => methods.Sum(method => log.Split($" \"{method} /").Length - 1);
        _operations = new Operations(Count("GET"), Count("PUT", "POST", "PATCH", "MERGE"), Count("DELETE"));
        return new Operations(
            _operations.Reads - before.Reads,
            _operations.Writes - before.Writes,
            _operations.Deletes - before.Deletes
        );
    }

    /// <summary>Waits until nobody has called for a while: rows are written after the answer.</summary>
    public void Settle()
    {
        for (var before = -1; before != Calls(); )
        {
            before = Calls();
            Thread.Sleep(300);
        }
    }

    public void Dispose() => _process.Dispose();

    private int Calls() => ReadLog().Split(" HTTP/1.1\" ").Length - 1;

    private string ReadLog()
    {
        using var file = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd();
    }

    internal sealed record Operations(int Reads, int Writes, int Deletes);
}
