using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Settings;
using McpFunctionApp.Tests.Settings;

namespace McpFunctionApp.Tests.Hosting;

public sealed class SwitchesTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("/?")]
    [InlineData("--HELP")]
    [InlineData("--help", "--urls", "http://localhost:1")]
    [InlineData("--urls", "--help")]
    [InlineData("--nonsense", "--help", "--version")]
    public void Help_is_shown_whatever_else_is_there(params string[] args)
    {
        var help = Switches.Answer(args)!;
        Assert.All(
            ["--help", "--version", "--sample-only", "--urls", "Forms:0:Url"],
            name => Assert.Contains(name, help, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_version_is_the_assemblys() =>
        Assert.Equal(
            $"MCP Function App {typeof(KestrelApp).Assembly.GetName().Version!.ToString(3)}",
            Switches.Answer(["--version"])
        );

    [Theory]
    [InlineData]
    [InlineData("--sample-only")]
    [InlineData("--Sample-Only", "--urls", "http://localhost:1")]
    [InlineData("--urls", "http://localhost:1", "--sample-only")]
    [InlineData("--environment", "Development", "--contentRoot", "/srv/app")]
    [InlineData("--ENVIRONMENT=Development", "/urls=http://localhost:1", "http_ports=8080")]
    [InlineData("--Logging:LogLevel:Default", "Debug", "--Kestrel:Limits:MaxConcurrentConnections=10")]
    [InlineData("--Forms:0:Url=https://forms.example/form", "--Schemas:TtlSeconds", "60", "/Forms:0:Tool", "order")]
    [InlineData("--TableStorage", "UseDevelopmentStorage=true", "--Schemas:TtlSeconds", "-1")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")]
    [InlineData("--sample-only", "--Forms:0:Url", "https://forms.example/form")]
    public void What_is_ours_the_frameworks_or_below_a_section_of_ours_is_known(params string[] args) =>
        Assert.Null(Switches.Answer(args));

    [Theory]
    [InlineData("--sampleonly", "'--sampleonly' is not a switch. Nearest: --sample-only.")]
    [InlineData("--halp", "'--halp' is not a switch. Nearest: --help.")]
    [InlineData("--url", "'--url' is not a switch. Nearest: --urls.", "http://localhost:1")]
    [InlineData("--Form:0:Url=https://secret.example", "'--Form:0:Url' is not a switch. Nearest: --Forms:0:Url.")]
    [InlineData("--Forms__0__Url", "'--Forms__0__Url' is not a switch. Nearest: --Forms:0:Url.", "https://secret.example")]
    [InlineData("-urls=http://localhost:1", "'-urls' is not a switch. Nearest: --urls.")]
    [InlineData("--colour", "'--colour' is not a switch.", "blue")]
    [InlineData("/srv/app", "'/srv/app' is not a switch.")]
    [InlineData("--", "'--' is not a switch.")]
    [InlineData("Forms:0:Url", "'Forms:0:Url' belongs to no switch: switches begin with --.")]
    [InlineData("--urls", "'--urls' has no value: write --urls=VALUE.")]
    [InlineData("--Callers:Audience", "'--Callers:Audience' has no value: write --Callers:Audience=VALUE.", "--sample-only")]
    public void Anything_else_stops_the_start_with_the_list_and_a_near_name(string argument, string fault, params string[] more)
    {
        var stopped = Assert.Throws<SettingsException>(() => Switches.Answer([argument, .. more]));
        Assert.Equal([fault], stopped.Faults);
        Assert.Contains("--sample-only ", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_them_are_named_at_once()
    {
        string[] args = ["--colour", "blue", "--urls=http://localhost:1", "--size=3"];
        Assert.Equal(2, Assert.Throws<SettingsException>(() => Switches.Answer(args)).Faults.Count);
    }

    [Fact]
    public void The_sections_that_switches_know_are_those_that_a_start_reads()
    {
        var settings = Configured.Reader(("Forms:0:Url", "https://forms.example/form"));
        AdminKey.Read(settings);
        settings.Section("SampleFormApi").Bool("Enabled", false);
        new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddMcpFunctionApp(settings);
        Assert.Equal(
            SettingNames.Sections.Order(StringComparer.Ordinal),
            settings
                .Names.Select(name => name.Split(':')[0])
                .Where(name => !SettingNames.IsOfOthers(name))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version", "--urls", "http://127.0.0.1:1")]
    public async Task Help_and_version_end_well_and_start_nothing(params string[] args)
    {
        var (exitCode, output, errors) = await AppProcess.FailAsync(args);
        Assert.Equal((0, ""), (exitCode, errors.Trim()));
        Assert.DoesNotContain("MCP endpoint", output, StringComparison.Ordinal);
        Assert.Contains(args[0] == "--help" ? "--sample-only" : "MCP Function App 0.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_switch_ends_with_1_and_the_list_among_the_errors()
    {
        var (exitCode, output, errors) = await AppProcess.FailAsync(["--sampleonly", "--urls", "http://127.0.0.1:0"]);
        Assert.Equal((1, ""), (exitCode, output.Trim()));
        Assert.Contains("Nearest: --sample-only.", errors, StringComparison.Ordinal);
        Assert.Contains("--environment NAME", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
