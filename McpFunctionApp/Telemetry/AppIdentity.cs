using McpFunctionApp.Settings;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// The managed identity that signs in at Application Insights:
/// <c>Authorization=AAD</c>, and <c>ClientId=...</c> of a user-assigned one.
/// </summary>
/// <param name="ClientId">Null: the app's system-assigned one.</param>
[Setting(
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    "Signs in there as a managed identity: `Authorization=AAD`, or `ClientId=...;Authorization=AAD` for a " + "user-assigned one",
    Default = "none: by the connection string alone"
)]
public sealed record AppIdentity(string? ClientId)
{
    public const string Setting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <returns>Null where it is not set, or a fault was noted.</returns>
    public static AppIdentity? Read(SettingsReader settings) => settings.Text(Setting) is { } text ? Read(text, settings) : null;

    public override string ToString() => ClientId is null ? "the app's managed identity" : $"the managed identity {ClientId}";

    private static AppIdentity? Read(string text, SettingsReader settings)
    {
        var parts = AzureMonitorOptions.Parse(text);
        var isByEntra =
            parts?.TryGetValue("Authorization", out var kind) == true
            && "AAD".Equals(kind as string, StringComparison.OrdinalIgnoreCase);
        if (!isByEntra)
        {
            settings.Fault(
                $"{Setting} must be Authorization=AAD, or ClientId=...;Authorization=AAD for a user-assigned managed identity."
            );
            return null;
        }

        return new AppIdentity(parts!.TryGetValue("ClientId", out var id) && id is string { Length: > 0 } client ? client : null);
    }
}
