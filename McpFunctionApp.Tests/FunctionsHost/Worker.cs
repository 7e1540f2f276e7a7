using System.Net;
using System.Net.Sockets;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>One worker: its process, the event stream to it, and the functions that it has told of.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(10);

    private readonly WebApplication _server;
    private readonly WorkerStream _stream;

    private Worker(WebApplication server, WorkerStream stream, WorkerProcess process)
    {
        _server = server;
        _stream = stream;
        Process = process;
    }

    public WorkerProcess Process { get; }

    public IReadOnlyList<IndexedFunction> Functions { get; private set; } = [];

    /// <summary>What the worker has told the host of itself.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>Where the worker takes HTTP requests.</summary>
    public Uri Http { get; private set; } = null!;

    /// <exception cref="InvalidOperationException">The worker has not started; the message holds all that it said.</exception>
    public static async Task<Worker> StartAsync(IReadOnlyDictionary<string, string?> settings, WorkerLog log)
    {
        var id = Guid.NewGuid().ToString();
        var stream = new WorkerStream(id, log);
        var server = await ListenAsync(stream);
        var worker = new Worker(server, stream, WorkerProcess.Start(new Uri(server.Urls.First()), id, settings, log));
        try
        {
            await worker.MeetAsync().WaitAsync(s_startLimit);
            return worker;
        }
        catch (Exception e)
        {
            await worker.DisposeAsync();
            throw new InvalidOperationException($"The worker has not started: {e.Message}\n{log}", e);
        }
    }

    /// <summary>Sends an invocation, and a word where its caller has gone, as the host does.</summary>
    public async Task<StatusResult> InvokeAsync(InvocationRequest request, CancellationToken callerHasGone)
    {
        var answer = _stream.AskAsync(new StreamingMessage { InvocationRequest = request });
        await using var cancellation = callerHasGone.Register(() => _stream.Tell(Cancel(request)));
        return (await answer).InvocationResponse.Result;
    }

    /// <summary>Sends an invocation without its HTTP request, and says that its caller has gone.</summary>
    public async Task<StatusResult> AbandonAsync(InvocationRequest request)
    {
        var answer = _stream.AskAsync(new StreamingMessage { InvocationRequest = request });
        while (!answer.IsCompleted)
        {
            // The worker takes no notice of a word that it reads before it has begun with the invocation.
            _stream.Tell(Cancel(request));
            await Task.WhenAny(answer, Task.Delay(10));
        }

        return (await answer).InvocationResponse.Result;
    }

    public async ValueTask DisposeAsync()
    {
        _stream.Tell(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });
        await Task.WhenAny(Process.Exited, Task.Delay(s_stopLimit));
        await Process.DisposeAsync();
        _stream.Close();
        await _server.DisposeAsync();
    }

    private static async Task<WebApplication> ListenAsync(WorkerStream stream)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(stream);
        var server = builder.Build();
        server.MapGrpcService<WorkerStream>();
        await server.StartAsync();
        return server;
    }

    private async Task MeetAsync()
    {
        if (await Task.WhenAny(_stream.Opened, Process.Exited) != _stream.Opened)
        {
            throw new InvalidOperationException($"it ended with exit code {Process.ExitCode}");
        }

        var init = (await _stream.AskAsync(new StreamingMessage { WorkerInitRequest = Init() })).WorkerInitResponse;
        ThrowIfFailed(init.Result);
        Capabilities = init.Capabilities.ToDictionary();
        Http = new Uri(Capabilities["HttpUri"]);

        var index = (
            await _stream.AskAsync(
                new StreamingMessage
                {
                    FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = WorkerProcess.Folder },
                }
            )
        ).FunctionMetadataResponse;
        ThrowIfFailed(index.Result);
        Functions = await Task.WhenAll(index.Functions.Select(LoadAsync));
        await UntilItListensAsync();
    }

    /// <summary>The event stream may be open before the HTTP side is; the real host repeats such a request.</summary>
    private async Task UntilItListensAsync()
    {
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(Http.Host, Http.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(10);
            }
        }
    }

    private async Task<IndexedFunction> LoadAsync(RpcFunctionMetadata metadata)
    {
        metadata.Directory = WorkerProcess.Folder;
        var load = new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata };
        ThrowIfFailed((await _stream.AskAsync(new StreamingMessage { FunctionLoadRequest = load })).FunctionLoadResponse.Result);
        return IndexedFunction.Read(metadata);
    }

    private static StreamingMessage Cancel(InvocationRequest request) =>
        new() { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } };

    private static WorkerInitRequest Init() =>
        new()
        {
            HostVersion = "4.1037.0",
            WorkerDirectory = WorkerProcess.Folder,
            FunctionAppDirectory = WorkerProcess.Folder,
        };

    private static void ThrowIfFailed(StatusResult result)
    {
        if (result.Status == StatusResult.Types.Status.Failure)
        {
            throw new InvalidOperationException($"{result.Exception?.Message}\n{result.Exception?.StackTrace}");
        }
    }
}
