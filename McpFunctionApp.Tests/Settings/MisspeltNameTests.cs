using McpFunctionApp.Settings;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Tests.Settings;

/// <summary>Names at the top of the configuration, where a slip would be passed over in silence: it stops the start.</summary>
public sealed class MisspeltNameTests
{
    [Theory]
    [InlineData("Caller:Mode", "Callers:Mode")]
    [InlineData("RateLimits:PermitsPerMinute", "RateLimit:PermitsPerMinute")]
    [InlineData("Form:0:Url", "Forms:0:Url")]
    [InlineData("FROMS:0:URL", "Forms:0:URL")]
    [InlineData("Elasticsearh:Entities:user:Limit", "Elasticsearch:Entities:user:Limit")]
    [InlineData("Rate_Limit:PermitsPerMinute", "RateLimit:PermitsPerMinute")]
    [InlineData("StaticTool:Enabled", "StaticTools:Enabled")]
    public void A_misspelt_section_with_something_below_it_is_a_fault(string name, string nearest)
    {
        var fault = Assert.Single(Configured.Faults((name, "hunter2")));
        Assert.StartsWith($"{name} is no setting", fault, StringComparison.Ordinal);
        Assert.Contains(
            $"Nearest: {nearest} (environment: {nearest.Replace(":", "__", StringComparison.Ordinal)}).",
            fault,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CallersMode", "Callers:Mode")]
    [InlineData("CALLERS_MODE", "Callers:Mode")]
    [InlineData("Callers.Mode", "Callers:Mode")]
    [InlineData("CallerMode", "Callers:Mode")]
    [InlineData("RateLimitPermitsPerMinute", "RateLimit:PermitsPerMinute")]
    [InlineData("RateLimitsPermitPerMinute", "RateLimit:PermitsPerMinute")]
    [InlineData("Forms__0__Url", "Forms:0:Url")]
    [InlineData("FormsUrl", "Forms:0:Url")]
    [InlineData("SchemasTtlSecond", "Schemas:TtlSeconds")]
    [InlineData("TableStorag", "TableStorage")]
    public void A_full_name_without_its_separators_is_a_fault(string name, string nearest)
    {
        var fault = Assert.Single(Configured.Faults((name, "hunter2")));
        Assert.StartsWith($"{name} is no setting", fault, StringComparison.Ordinal);
        Assert.Contains($"Nearest: {nearest} ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FORM_PORT")]
    [InlineData("FORMS_PORT")]
    [InlineData("PORTS")]
    [InlineData("FORM")]
    [InlineData("FORM_SERVICE_HOST")]
    [InlineData("SCHEMAS_PORT_80_TCP")]
    [InlineData("SCHEMAS_PORT_80_TCP_ADDR")]
    [InlineData("CALLERS_SERVICE_PORT")]
    [InlineData("ADMIN_PORT")]
    [InlineData("CALLERS_MODE_PORT")]
    [InlineData("ADMIN")]
    [InlineData("FORM_URL")]
    [InlineData("ELASTICSEARCH_URL")]
    [InlineData("FUNCTIONS_WORKER_RUNTIME")]
    [InlineData("AzureWebJobsStorage:tableServiceUri")]
    [InlineData("AzureFunctionsJobHost:logging:console:isEnabled")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Kestrel:Endpoints:Own:Url")]
    [InlineData("ConnectionStrings:Default")]
    [InlineData("AllowedHosts")]
    [InlineData("PATH")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINTS")]
    public void A_variable_of_somebody_else_is_left_alone(string name)
    {
        Assert.Empty(Configured.Faults((name, "tcp://10.0.0.1:80")));
        Assert.Empty(Configured.Oddities((name, "tcp://10.0.0.1:80")));
    }

    [Theory]
    [InlineData("FORMS_PORT", 0)]
    [InlineData("FORMS_SERVICE_HOST", 0)]
    [InlineData("FORMS_SERVICE_PORT_HTTP", 0)]
    [InlineData("FORMS_PORT_80_TCP", 0)]
    [InlineData("FORMSPORT", 1)]
    public void A_variable_of_Kubernetes_is_left_alone_even_beside_a_setting_of_that_name(string name, int faults)
    {
        string[] names = ["Forms:Port", "Forms:ServiceHost", "Forms:ServicePortHttp", "Forms:Port80Tcp"];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, "tcp://10.0.0.1:80")]).Build();
        Assert.Equal(faults, MisspeltNames.In(configuration, names).Count());
    }

    [Fact]
    public void Every_one_is_named_beside_the_other_faults() =>
        Assert.Equal(
            3,
            Configured.Faults(("Caller:Mode", "Challenge"), ("SchemasTtlSeconds", "5"), ("Schemas:TtlSeconds", "soon")).Count
        );
}
