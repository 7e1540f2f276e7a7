using McpFunctionApp.Settings;

namespace McpFunctionApp.Execution;

/// <summary>The <c>Execution</c> settings.</summary>
/// <param name="RetentionDays">How long recorded requests are kept in the table.</param>
[Setting("Execution:RetentionDays", "How many days recorded requests are kept in the table")]
public sealed record ExecutionOptions(int RetentionDays)
{
    public static ExecutionOptions Read(SettingsReader settings)
    {
        var section = settings.Section("Execution");
        var options = new ExecutionOptions(section.Int("RetentionDays", 90, 1, 3_650));
        section.NoteUnknown();
        return options;
    }
}
