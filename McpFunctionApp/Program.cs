using System.Net.Sockets;
using McpFunctionApp.Hosting;
using McpFunctionApp.Hosting.Functions;
using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

// Room for a crowd: with as many threads as processors, a few large messages hold up the small ones until the pool has
// found out that it needs more.
ThreadPool.GetMinThreads(out var workers, out var completions);
ThreadPool.SetMinThreads(Math.Max(workers, 4 * Environment.ProcessorCount), completions);

try
{
    var isWorker = FunctionsHost.HasStarted(args);
    if (!isWorker && Switches.Answer(args) is { } answer)
    {
        Console.WriteLine(answer);
        return 0;
    }

    if (!isWorker && FormCheck.IsWanted(args))
    {
        var token = Environment.GetEnvironmentVariable(FormCheck.TokenVariable);
        return await FormCheck.RunAsync(args, token, Console.Out, CancellationToken.None);
    }

    using IHost app =
        isWorker ? FunctionApp.Build(args)
        : SampleOnly.IsWanted(args) ? SampleOnly.Build(args)
        : KestrelApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (SettingsException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (IOException e) when (e.InnerException is AddressInUseException)
{
    Console.Error.WriteLine($"{e.Message} Stop the other program, or choose another address: --urls http://localhost:PORT");
    return 1;
}
catch (SocketException e)
{
    Console.Error.WriteLine($"The server cannot listen there: {e.Message}. Choose another address: --urls http://localhost:PORT");
    return 1;
}
