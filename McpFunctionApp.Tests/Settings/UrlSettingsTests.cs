namespace McpFunctionApp.Tests.Settings;

public sealed class UrlSettingsTests
{
    public static TheoryData<string> Names => ["Forms:0:Url", "Forms:0:SubmitUrl"];

    private static readonly string[] s_good =
    [
        "https://forms.example/form",
        "HTTPS://FORMS.EXAMPLE",
        "https://forms.example:8443/a?key=secret",
        "https://10.0.0.1/form",
        "http://localhost/form",
        "http://LOCALHOST:5000/form",
        "http://127.0.0.1/form",
        "http://127.8.9.1:5000/form",
        "http://[::1]:5000/form",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Https_and_http_on_this_machine_are_fine(string name) =>
        Assert.All(s_good, url => Assert.Empty(Configured.Faults((name, url))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Http_to_another_machine_is_a_fault_that_names_the_way_out(string name)
    {
        foreach (
            var url in (string[])
                [
                    "http://forms.example/f",
                    "http://10.0.0.1/f",
                    "http://0.0.0.0/f",
                    "http://localhost.example/f",
                    "http://127.0.0.1.example/f",
                    "http://[::2]/f",
                ]
        )
        {
            var fault = Assert.Single(Configured.Faults((name, url)));
            Assert.StartsWith($"{name} is not https", fault, StringComparison.Ordinal);
            Assert.Contains("Forms:0:AllowHttp", fault, StringComparison.Ordinal);
            Assert.Empty(Configured.Faults((name, url), ("Forms:0:AllowHttp", "true")));
            Assert.Single(Configured.Faults((name, url), ("Forms:0:AllowHttp", "false")));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AllowHttp_of_one_form_is_not_for_another(string name) =>
        Assert.Single(
            Configured.Faults(
                (name, "http://forms.example/f"),
                ("Forms:1:Url", "https://forms.example/2"),
                ("Forms:1:Tool", "other"),
                ("Forms:1:AllowHttp", "true")
            )
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_no_http_address_is_a_fault(string name)
    {
        foreach (
            var url in (string[])
                [
                    "forms.example/form",
                    "/form",
                    "ftp://forms.example/f",
                    "file:///etc/passwd",
                    "https://",
                    "https:///form",
                    "javascript:alert(1)",
                    "https://forms example/",
                ]
        )
        {
            Assert.StartsWith(
                $"{name} must be",
                Assert.Single(Configured.Faults((name, url), ("Forms:0:AllowHttp", "true"))),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public void A_form_without_a_url_is_a_fault(string? url) =>
        Assert.StartsWith(
            "Forms:0:Url is missing",
            Assert.Single(Configured.Faults(("Forms:0:Url", url), ("Forms:0:Tool", "order"))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("https://user:hunter2@forms.example/form")]
    [InlineData("https://hunter2@forms.example/form")]
    public void A_user_name_in_an_address_is_a_fault(string url) =>
        Assert.StartsWith(
            "Forms:0:Url must not hold a user name",
            Assert.Single(Configured.Faults(("Forms:0:Url", url))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("https://user:hunter2@forms.example/form")]
    [InlineData("http://user:hunter2@forms.example/form?key=hunter2#hunter2")]
    [InlineData("http://forms.example/hunter2/form?key=hunter2")]
    [InlineData("ftp://user:hunter2@forms.example/form")]
    [InlineData("user:hunter2@forms.example/form")]
    [InlineData("https://user:hunter2@/form")]
    [InlineData("https://user:hunter2@forms example/")]
    public void No_secret_of_an_address_is_repeated_in_a_fault(string url)
    {
        foreach (
            var name in (string[])["Forms:0:Url", "Forms:0:SubmitUrl", "Endpoint:AllowedOrigins:0", "Endpoint:AllowedOrigins"]
        )
        {
            var faults = Configured.Faults((name, url));
            Assert.NotEmpty(faults);
            Assert.All(faults, fault => Assert.DoesNotContain("hunter2", fault, StringComparison.OrdinalIgnoreCase));
        }
    }
}
