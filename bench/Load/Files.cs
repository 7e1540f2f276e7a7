namespace Bench.Load;

/// <summary>Where things lie: all that is built or written goes to bench/out, but for RESULTS.md.</summary>
internal sealed class Files(string bench)
{
    public string Results => Path.Combine(bench, "RESULTS.md");

    public string Peers => Path.Combine(bench, "peers");

    public string Azurite => Path.GetFullPath(Path.Combine(bench, "..", "McpFunctionApp.Tests", "azurite"));

    public string Product => Built("McpFunctionApp");

    /// <summary>The SDK beside the plain C# server, which is the one that the product has.</summary>
    public string Sdk => Path.Combine(Path.GetDirectoryName(Built("PlainCSharp"))!, "ModelContextProtocol.dll");

    public string Gauge => Built("Gauge");

    public string ReadyProduct => Path.Combine(bench, "out", "ready", "McpFunctionApp", "McpFunctionApp.dll");

    public string ReadyEmpty => Path.Combine(bench, "out", "ready", "Empty", "Empty.dll");

    public string ReadyFixedWorker => Path.Combine(bench, "out", "ready", "FixedWorker", "FixedWorker.dll");

    public string Tools => Written("tools.json");

    public string HandshakeAnswer => Written("list.handshake.json");

    public string PerRequestAnswer => Written("list.2026-07-28.json");

    public string CallAnswer => Written("call.json");

    public string Built(string project) => Path.Combine(bench, "out", "bin", project, "release", $"{project}.dll");

    /// <summary>Where logs and kept answers go.</summary>
    public string Folder => Directory.CreateDirectory(Path.Combine(bench, "out", "run")).FullName;

    public string Written(string name) => Path.Combine(Folder, name);
}
