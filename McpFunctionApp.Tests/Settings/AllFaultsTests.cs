using McpFunctionApp.Settings;

namespace McpFunctionApp.Tests.Settings;

public sealed class AllFaultsTests
{
    [Fact]
    public void All_faults_are_listed_at_once_each_with_its_name()
    {
        var faults = Configured.Faults(
            ("Forms:0:Url", "nowhere"),
            ("Forms:0:Tool", "add"),
            ("Forms:0:TimeoutSeconds", "0"),
            ("Forms:1:Tool", "two"),
            ("Forms:1:AllowHttp", "maybe"),
            ("Schemas:TtlSeconds", "x"),
            ("Schemas:MaxFields", "-1"),
            ("Callers:Mode", "x"),
            ("Endpoint:MaxRequestBytes", "1"),
            ("Endpoint:AllowedOrigins:0", "*")
        );
        Assert.Equal(
            [
                "Callers:Mode",
                "Endpoint:AllowedOrigins:0",
                "Endpoint:MaxRequestBytes",
                "Forms:0:TimeoutSeconds",
                "Forms:0:Tool",
                "Forms:0:Url",
                "Forms:1:AllowHttp",
                "Forms:1:Url",
                "Schemas:MaxFields",
                "Schemas:TtlSeconds",
            ],
            faults.Select(fault => fault.Split(' ')[0]).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_message_counts_the_faults_and_gives_each_a_line()
    {
        var message = new SettingsException(["A:B is wrong.", "C:D is wrong."]).Message;
        Assert.Equal(
            ["The configuration has 2 fault(s):", "  - A:B is wrong.", "  - C:D is wrong."],
            message.Split(Environment.NewLine)
        );
    }

    [Fact]
    public void Without_faults_nothing_is_thrown() => Assert.Empty(Configured.Faults());

    [Fact]
    public void A_long_wrong_value_is_shortened_to_one_line()
    {
        var fault = Assert.Single(Configured.Faults(("Schemas:TtlSeconds", new string('9', 10_000) + "\nx")));
        Assert.InRange(fault.Length, 1, 300);
        Assert.DoesNotContain('\n', fault);
    }

    [Fact]
    public void A_long_wrong_text_is_shortened_too()
    {
        var wrong = new string('x', 10_000) + "\ny";
        Assert.All(
            Configured.Faults(("Forms:0:Tool", wrong), ("Callers:Mode", wrong)),
            fault => Assert.True(fault.Length < 400 && !fault.Contains('\n', StringComparison.Ordinal), fault)
        );
    }
}
