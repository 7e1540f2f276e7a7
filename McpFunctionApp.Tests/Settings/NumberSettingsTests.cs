using McpFunctionApp.Execution;
using McpFunctionApp.FormApi;
using McpFunctionApp.Messages;

namespace McpFunctionApp.Tests.Settings;

public sealed class NumberSettingsTests
{
    /// <summary>Every whole-number setting: name, default, smallest and largest value.</summary>
    public static TheoryData<string, int, int, int> Numbers =>
        new()
        {
            { "Forms:0:TimeoutSeconds", 10, 1, 120 },
            { "Schemas:TtlSeconds", 300, 1, 86_400 },
            { "Schemas:MemoryTtlSeconds", 60, 1, 86_400 },
            { "Schemas:FailureTtlSeconds", 5, 1, 3_600 },
            { "Schemas:MemoryMegabytes", 64, 1, 65_536 },
            { "Schemas:MaxOptions", 200, 1, 10_000 },
            { "Schemas:MaxFields", 200, 1, 10_000 },
            { "Schemas:MaxSchemaBytes", 65_536, 1_024, 4_194_304 },
            { "Schemas:MaxConcurrentOriginCalls", 64, 1, 10_000 },
            { "Execution:RetentionDays", 90, 1, 3_650 },
            { "Endpoint:MaxRequestBytes", 1_048_576, 1_024, 104_857_600 },
            {
                "Endpoint:MaxBytesInFlight",
                (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, 16_777_216, 1_073_741_824),
                1_048_576,
                int.MaxValue
            },
            {
                "Endpoint:MaxConnections",
                (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 262_144, 256, 10_000),
                1,
                1_000_000
            },
        };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_within_its_range_is_taken(string name, int otherwise, int min, int max)
    {
        Assert.Equal(min, Read(name, $"{min}"));
        Assert.Equal(max, Read(name, $" {max} "));
        Assert.Equal(otherwise, Read(name, null));
        Assert.Equal(otherwise, Read(name, " "));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_wrong_number_is_a_fault_that_gives_name_range_and_default(string name, int otherwise, int min, int max)
    {
        foreach (
            var wrong in (string[])
                [$"{min - 1}", $"{max + 1L}", "-1", "many", "1.5", "1,000", "0x10", "1e3", "99999999999999999999", "٣", "10 s"]
        )
        {
            var fault = Assert.Single(Configured.Faults((name, wrong)));
            Assert.StartsWith($"{name} is '{wrong}'", fault, StringComparison.Ordinal);
            Assert.Contains($"from {min} to {max} (default {otherwise})", fault, StringComparison.Ordinal);
        }
    }

    private static long Read(string name, string? value)
    {
        var settings = Configured.Reader(("Forms:0:Url", "https://forms.example/form"), (name, value));
        var schemas = SchemaOptions.Read(settings);
        var form = FormOptions.ReadAll(settings)[0];
        var endpoint = EndpointOptions.Read(settings);
        var execution = ExecutionOptions.Read(settings);
        settings.ThrowIfFaulty();
        return name switch
        {
            "Forms:0:TimeoutSeconds" => (long)form.Timeout.TotalSeconds,
            "Schemas:TtlSeconds" => (long)schemas.Ttl.TotalSeconds,
            "Schemas:MemoryTtlSeconds" => (long)schemas.MemoryTtl.TotalSeconds,
            "Schemas:FailureTtlSeconds" => (long)schemas.FailureTtl.TotalSeconds,
            "Schemas:MemoryMegabytes" => schemas.MemoryBytes / 1_048_576,
            "Schemas:MaxOptions" => schemas.Limits.MaxOptions,
            "Schemas:MaxFields" => schemas.Limits.MaxFields,
            "Schemas:MaxSchemaBytes" => schemas.Limits.MaxSchemaBytes,
            "Schemas:MaxConcurrentOriginCalls" => schemas.MaxConcurrentOriginCalls,
            "Execution:RetentionDays" => execution.RetentionDays,
            "Endpoint:MaxRequestBytes" => endpoint.MaxRequestBytes,
            "Endpoint:MaxBytesInFlight" => endpoint.MaxBytesInFlight,
            "Endpoint:MaxConnections" => endpoint.MaxConnections,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }
}
