using McpFunctionApp.Settings;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// Where spans, metrics and logs go: to one receiver, or to both. The libraries read further settings, named
/// <c>OTEL_...</c>, by themselves.
/// </summary>
[Setting(
    "OTEL_SDK_DISABLED",
    "`true` turns telemetry off, whatever else is set",
    Default = "`false`",
    Values = ["true", "false"]
)]
public sealed record TelemetryOptions(OtlpReceiverOptions? Receiver, AzureMonitorOptions? AzureMonitor)
{
    private const string DisabledSetting = "OTEL_SDK_DISABLED";

    /// <summary>Why there is none, where there is none: what a person would have to set.</summary>
    public const string NotSet =
        $"neither {OtlpReceiverOptions.EndpointSetting} nor {AzureMonitorOptions.ConnectionSetting} is set";

    /// <summary>The receivers, in words that may be shown: no key, no path, no query.</summary>
    public string Where => string.Join(" and ", new object?[] { Receiver, AzureMonitor }.OfType<object>());

    /// <returns>Null where no receiver is set, or all is turned off: then nothing of telemetry is even loaded.</returns>
    public static TelemetryOptions? Read(SettingsReader settings)
    {
        var receiver = OtlpReceiverOptions.Read(settings);
        var azureMonitor = AzureMonitorOptions.Read(settings);
        var isOff = "true".Equals(settings.Text(DisabledSetting), StringComparison.OrdinalIgnoreCase);
        return isOff || (receiver is null && azureMonitor is null) ? null : new TelemetryOptions(receiver, azureMonitor);
    }
}
