using System.Globalization;
using McpFunctionApp.Tests.FunctionsHost;

// The stand-in for the Functions host as a process of its own: starts the worker whose folder WORKER_FOLDER names, with this
// process's environment, and serves its functions. Argument: the port of 127.0.0.1 to listen on.
var log = new WorkerLog();
await using var worker = await Worker.StartAsync(new Dictionary<string, string?>(), log);
await using var front = new HttpFront(() => Task.FromResult(worker));
await front.StartAsync(worker.Functions, int.Parse(args[0], CultureInfo.InvariantCulture));
await worker.Process.Exited;
Console.Error.WriteLine($"The worker has ended.\n{log}");
return 1;
