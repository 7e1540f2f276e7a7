using McpFunctionApp.Hosting;
using McpFunctionApp.Hosting.Functions;
using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

try
{
    if (!FunctionsHost.HasStarted(args) && FormCheck.IsWanted(args))
    {
        return await FormCheck.RunAsync(args, Environment.GetEnvironmentVariable(FormCheck.TokenVariable), Console.Out, CancellationToken.None);
    }

    using IHost app = FunctionsHost.HasStarted(args) ? FunctionApp.Build(args)
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
