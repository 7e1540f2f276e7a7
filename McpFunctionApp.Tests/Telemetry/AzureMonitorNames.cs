namespace McpFunctionApp.Tests.Telemetry;

/// <summary>The environment variables that the exporter to Application Insights reads.</summary>
internal static class AzureMonitorNames
{
    public const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string SignIn = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    public const string Sampler = "OTEL_TRACES_SAMPLER";
}
