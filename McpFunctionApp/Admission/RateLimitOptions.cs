using McpFunctionApp.Settings;

namespace McpFunctionApp.Admission;

/// <summary>The <c>RateLimit</c> settings.</summary>
/// <param name="PermitsPerMinute">What one caller, or one address without an accepted token, may send to one instance; 0:
/// anything.</param>
[Setting(
    "RateLimit:PermitsPerMinute",
    "What one caller, or one address without an accepted token, may send to one instance in a minute: a permit "
        + "for each request, and one for each 64 KiB of its body; 0 is no limit"
)]
public sealed record RateLimitOptions(int PermitsPerMinute)
{
    public static RateLimitOptions Read(SettingsReader settings)
    {
        var section = settings.Section("RateLimit");
        var options = new RateLimitOptions(section.Int("PermitsPerMinute", 600, 0, 1_000_000));
        section.NoteUnknown();
        return options;
    }
}
