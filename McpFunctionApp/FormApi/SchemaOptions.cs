using McpFunctionApp.Forms;
using McpFunctionApp.Settings;

namespace McpFunctionApp.FormApi;

/// <summary>The <c>Schemas</c> settings: how long and how much is cached, and how large a tool's schema may become.</summary>
/// <param name="Ttl">The life of a form, counted from the form API's answer.</param>
/// <param name="MemoryTtl">Where a table is configured: how long memory answers without asking it, and so how late an
/// invalidation arrives.</param>
/// <param name="FailureTtl">How long a failure is remembered, so that an outage costs each caller one wait.</param>
/// <param name="MemoryBytes">The limit of all cached forms together.</param>
/// <param name="Limits">How large a tool may become.</param>
/// <param name="MaxConcurrentOriginCalls">Calls under way at once to each form's API on this instance.</param>
/// <param name="MaxAdapterBytes">The largest answer that an adapter's expressions are given; what they give may be 4 times as
/// large.</param>
[Setting("Schemas:TtlSeconds", "Life of a cached form, in seconds from the form API's answer")]
[Setting(
    "Schemas:MemoryTtlSeconds",
    "With a table: how many seconds memory answers without asking it, and so how late an invalidation arrives"
)]
[Setting("Schemas:FailureTtlSeconds", "How many seconds a failure of the form API is remembered per caller")]
[Setting("Schemas:MemoryMegabytes", "Limit of all cached forms together, in MiB")]
[Setting("Schemas:MaxOptions", "A field with more options is offered as plain text, and still checked against all of them")]
[Setting(
    "Schemas:MaxEnumValues",
    "More option values than this are not listed in one tool: the longest lists go first, and are still checked"
)]
[Setting("Schemas:MaxFields", "More fields than this are left out of the tool, optional ones first")]
[Setting("Schemas:MaxSchemaBytes", "Limit of one tool's JSON Schema, in bytes")]
[Setting(
    "Schemas:MaxConcurrentOriginCalls",
    "Calls under way at once to each form's API. Tokens that nothing has accepted yet leave a sixteenth of them "
        + "free (of four or more at least one)"
)]
[Setting(
    "Schemas:MaxAdapterBytes",
    "Largest answer that an adapter's expressions are given, in bytes; they may make four times that of it"
)]
public sealed record SchemaOptions(
    TimeSpan Ttl,
    TimeSpan MemoryTtl,
    TimeSpan FailureTtl,
    long MemoryBytes,
    FormLimits Limits,
    int MaxConcurrentOriginCalls,
    int MaxAdapterBytes
)
{
    public const int DefaultAdapterBytes = 1_048_576;

    public static SchemaOptions Read(SettingsReader settings)
    {
        var section = settings.Section("Schemas");
        var options = new SchemaOptions(
            TimeSpan.FromSeconds(section.Int("TtlSeconds", 300, 1, 86_400)),
            TimeSpan.FromSeconds(section.Int("MemoryTtlSeconds", 60, 1, 86_400)),
            TimeSpan.FromSeconds(section.Int("FailureTtlSeconds", 5, 1, 3_600)),
            section.Int("MemoryMegabytes", 64, 1, 65_536) * 1_048_576L,
            new FormLimits(
                section.Int("MaxOptions", 200, 1, 10_000),
                section.Int("MaxEnumValues", 1_000, 1, 100_000),
                section.Int("MaxFields", 200, 1, 10_000),
                section.Int("MaxSchemaBytes", 65_536, 1_024, 4_194_304)
            ),
            section.Int("MaxConcurrentOriginCalls", 64, 1, 10_000),
            section.Int("MaxAdapterBytes", DefaultAdapterBytes, 1_024, 5 * 1_048_576)
        );
        section.NoteUnknown();
        return options;
    }
}
