namespace McpFunctionApp.Hosting;

/// <summary>
/// Whether the Azure Functions host has started this process, which makes it an isolated worker. Environment variables
/// are no sign of it: a developer's shell may have them.
/// </summary>
internal static class FunctionsHost
{
    /// <summary>The host passes <c>--functions-uri</c> and others; the one of Flex Consumption loads the app itself and leaves
    /// its mark in the process.</summary>
    public static bool HasStarted(string[] args) =>
        args.Any(argument => argument.StartsWith("--functions-", StringComparison.Ordinal))
        || AppContext.GetData("AZURE_FUNCTIONS_NATIVE_HOST") is not null;
}
