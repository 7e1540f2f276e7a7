using Bench.Load.Report;

namespace Bench.Load;

/// <summary>Everything a case needs: the form API, the servers to start, and the book to write into.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly GaugeBoard _board = new();
    private int _logs;

    private Rig(Files files, Plan plan, Machine machine, FormApi api) =>
        (Files, Plan, Machine, Api) = (files, plan, machine, api);

    public Files Files { get; }

    public Plan Plan { get; }

    public Machine Machine { get; }

    public FormApi Api { get; }

    public Book Book { get; } = new();

    /// <summary>Guards the product's report of its cache.</summary>
    public string AdminKey { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether the packages of this folder could be installed: typescript, fastmcp, azurite.</summary>
    public static bool Has(string packages) =>
        (Environment.GetEnvironmentVariable("BENCH_INSTALLED") ?? "").Split(' ').Contains(packages);

    /// <summary>A promise that is a goal on the page, and that --test, which writes none, ends with.</summary>
    /// <exception cref="InvalidOperationException">It is broken, and nothing is written.</exception>
    public void Expect(bool isKept, string problem) => Answer.Require(isKept || Plan.Measures, problem);

    /// <summary>The technician's required fields, filled in.</summary>
    public string Arguments { get; private set; } = "";

    public static async Task<Rig> StartAsync(Files files, Plan plan)
    {
        var machine = new Machine();
        var rig = new Rig(files, plan, machine, await FormApi.StartAsync(await FetchFormAsync(files, machine)));
        using var product = await rig.StartProductAsync("product");
        rig.KeepAnswers(product);
        return rig;
    }

    /// <summary>The product as it is built for release, with these settings beside those that every case needs.</summary>
    public Task<Server> StartProductAsync(string name, params (string Key, string Value)[] settings) =>
        StartDotnetAsync(name, [Files.Product, "--urls", "http://127.0.0.1:{port}"], ProductSettings(settings));

    public Task<Server> StartLimitAsync() =>
        StartDotnetAsync(
            "limit",
            [Files.Built("Limit"), "http://127.0.0.1:{port}", Files.HandshakeAnswer, Files.PerRequestAnswer],
            []
        );

    public Task<Server> StartPlainAsync() =>
        StartDotnetAsync("plain C#", [Files.Built("PlainCSharp"), "http://127.0.0.1:{port}", Files.Tools], []);

    /// <param name="peer">The folder in bench/peers.</param>
    public Task<Server> StartNodeAsync(string peer) =>
        StartAsync(peer, ["node", Path.Combine(Files.Peers, peer, "server.mjs"), "{port}", Files.Tools], []);

    public Dictionary<string, string> ProductSettings(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Forms__0__Url"] = Api.Url,
            ["Schemas__TtlSeconds"] = "86400",
            ["Schemas__MemoryMegabytes"] = "65536",
            ["RateLimit__PermitsPerMinute"] = "0",
            ["Admin__Key"] = AdminKey,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }

    public string NextLog(string name) => Files.Written($"{Interlocked.Increment(ref _logs):000}-{name.Replace(' ', '-')}.log");

    public ValueTask DisposeAsync()
    {
        _board.Dispose();
        return Api.DisposeAsync();
    }

    private Task<Server> StartDotnetAsync(string name, IReadOnlyList<string> command, Dictionary<string, string> environment) =>
        StartAsync(name, ["dotnet", .. command], new(environment) { ["DOTNET_STARTUP_HOOKS"] = Files.Gauge });

    private async Task<Server> StartAsync(string name, IReadOnlyList<string> command, Dictionary<string, string> environment)
    {
        environment["BENCH_GAUGE_PORT"] = $"{_board.Port}";
        var process = ServerProcess.Start(name, Machine.ServerCore, command, environment, NextLog(name));
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var gauge = await _board.AcceptAsync(limit.Token);
            process.Connect().Dispose();
            return new Server(name, process, gauge);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>The technician's form as the sample form API serves it, with all its options.</summary>
    private static async Task<byte[]> FetchFormAsync(Files files, Machine machine)
    {
        using var sample = ServerProcess.Start(
            "sample",
            machine.ServerCore,
            ["dotnet", files.Product, "--sample-only", "--urls", "http://127.0.0.1:{port}"],
            new Dictionary<string, string>(),
            files.Written("sample.log")
        );
        sample.Connect().Dispose();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "test-token-technician");
        return await client.GetByteArrayAsync(new Uri($"http://127.0.0.1:{sample.Port}/sample/form"));
    }

    /// <summary>What the product answers is what the limit keeps, and what the peers list.</summary>
    private void KeepAnswers(Server product)
    {
        using var wire = new Wire(product.Port);
        var handshake = Answer.To(wire, Question.List());
        File.WriteAllBytes(Files.HandshakeAnswer, wire.Body);
        Answer.To(wire, Question.ListPerRequest());
        File.WriteAllBytes(Files.PerRequestAnswer, wire.Body);
        var tools = handshake["result"]!["tools"]!.AsArray();
        File.WriteAllText(Files.Tools, tools.ToJsonString());
        Arguments = RequiredFields
            .FillIn(tools.Single(tool => (string?)tool!["name"] == "create_request")!["inputSchema"]!)
            .ToJsonString();
    }
}
