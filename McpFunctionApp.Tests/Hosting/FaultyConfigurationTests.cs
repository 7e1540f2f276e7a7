using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Tests.Hosting;

public sealed class FaultyConfigurationTests
{
    [Fact]
    public async Task All_faults_are_named_at_once_without_a_stack_trace_and_the_exit_code_is_not_zero()
    {
        var (exitCode, output, errors) = await AppProcess.FailAsync(
            [
                "--urls",
                "http://127.0.0.1:0",
                "--Forms:0:Url",
                "http://forms.example/form",
                "--Forms:0:Tool",
                "add",
                "--Schemas:TtlSeconds",
                "soon",
            ],
            new() { ["Endpoint__MaxRequestBytes"] = "-1", ["SampleFormApi__Enabled"] = "perhaps" }
        );
        Assert.NotEqual(0, exitCode);
        Assert.All(
            ["Forms:0:Url", "Forms:0:Tool", "Schemas:TtlSeconds", "Endpoint:MaxRequestBytes", "SampleFormApi:Enabled"],
            name => Assert.Contains($"- {name} ", errors, StringComparison.Ordinal)
        );
        Assert.Contains("5 fault", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain("MCP endpoint", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http:/127.0.0.1:7071")]
    [InlineData("nonsense", "--sample-only")]
    public async Task A_listen_address_that_is_none_is_a_fault_like_any_other(string urls, params string[] more)
    {
        var (exitCode, output, errors) = await AppProcess.FailAsync([
            "--urls",
            urls,
            "--Forms:0:Url",
            "https://forms.example/form",
            .. more,
        ]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(urls, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_form_outside_Development_the_start_says_what_to_set()
    {
        var fault = Assert.Throws<SettingsException>(() =>
            KestrelApp.Build(["--environment", "Production", "--urls", "http://127.0.0.1:0"])
        );
        Assert.Contains("Forms:0:Url", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_that_could_not_be_reached_is_a_fault_beside_the_others()
    {
        var fault = Assert.Throws<SettingsException>(() =>
            KestrelApp.Build(["--environment", "Development", "--urls", "http://127.0.0.1:0", "--Schemas:TtlSeconds", "soon"])
        );
        Assert.Contains(fault.Faults, text => text.Contains("SampleFormApi:Enabled", StringComparison.Ordinal));
        Assert.Contains(fault.Faults, text => text.StartsWith("Schemas:TtlSeconds ", StringComparison.Ordinal));
    }
}
