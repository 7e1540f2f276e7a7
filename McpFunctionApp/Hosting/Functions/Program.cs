using McpFunctionApp.Hosting.Functions;
using McpFunctionApp.Settings;
using Microsoft.Extensions.Hosting;

try
{
    using var host = FunctionApp.Build(args);
    await host.RunAsync();
    return 0;
}
catch (SettingsException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
