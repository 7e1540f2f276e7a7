using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using Content = McpFunctionApp.Tests.FunctionsHost.Protocol.StreamingMessage.ContentOneofCase;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>The host's end of the event stream to one worker: questions, their answers, and log lines in between.</summary>
internal sealed class WorkerStream(string workerId, WorkerLog log) : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the worker has connected.</summary>
    public Task Opened => _opened.Task;

    public void Tell(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <exception cref="IOException">The worker has gone before it answered.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[message.RequestId] = answer;
        try
        {
            return _outgoing.Writer.TryWrite(message) ? await answer.Task : throw Gone();
        }
        finally
        {
            _asked.TryRemove(message.RequestId, out _);
        }
    }

    /// <summary>Nothing is said or heard any more; whoever waits for an answer is told so.</summary>
    public void Close()
    {
        _outgoing.Writer.TryComplete();
        foreach (var answer in _asked.Values)
        {
            answer.TrySetException(Gone());
        }
    }

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context
    )
    {
        var writing = WriteAsync(responseStream, context.CancellationToken);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                Receive(message);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The worker has gone. Its end as a process is reported by the process.
        }

        Close();
        await writing;
    }

    private static IOException Gone() => new("The worker has closed the event stream.");

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case Content.StartStream when message.StartStream.WorkerId == workerId:
                _opened.TrySetResult();
                break;
            case Content.RpcLog:
                log.Add(message.RpcLog);
                break;
            default:
                if (_asked.TryGetValue(message.RequestId, out var answer))
                {
                    answer.TrySetResult(message);
                }

                break;
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await stream.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // As above; a call that has ended while it was written to is an invalid operation.
        }
    }
}
