using McpFunctionApp.Tests.Settings;

namespace McpFunctionApp.Tests.Adapters;

/// <summary><c>Forms:n:Adapter</c> and <c>:Values</c> at the start.</summary>
public sealed class AdapterSettingsTests
{
    [Fact]
    public void With_an_adapter_neither_Url_nor_SubmitUrl_is_needed()
    {
        var form = DeskSettings.Read(DeskSettings.All);
        Assert.Equal("https://desk.example/jira/rest/servicedeskapi/servicedesk/7/requesttype/21/field", form.Url.AbsoluteUri);
        Assert.Equal("https://desk.example/jira/rest/servicedeskapi/request", form.SubmitUrl!.AbsoluteUri);
        Assert.Equal("Bearer", form.Scheme);
        Assert.Null(form.Headers);
    }

    [Fact]
    public void Several_addresses_are_in_the_adapters_order()
    {
        var form = DeskSettings.Read([
            ("Forms:0:Adapter", "Zendesk"),
            ("Forms:0:Values:SITE", "https://desk.example"),
            ("Forms:0:Values:TICKETFORM", "42"),
        ]);
        Assert.Equal(
            ["form https://desk.example/api/v2/ticket_forms/42", "fields https://desk.example/api/v2/ticket_fields"],
            form.Addresses.Select(address => $"{address.Name} {address.Url}")
        );
    }

    [Theory]
    [InlineData("Forms:0:Url", "https://forms.example/form")]
    [InlineData("Forms:0:SubmitUrl", "https://forms.example/requests")]
    public void An_address_beside_an_adapter_is_a_fault(string name, string value) =>
        Assert.StartsWith(
            $"{name} must not stand beside Forms:0:Adapter",
            Assert.Single(DeskSettings.Faults((name, value))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_missing_value_is_named()
    {
        var faults = Configured.Faults(
            ("Forms:0:Url", null),
            ("Forms:0:Adapter", "jira-service-management"),
            ("Forms:0:Values:serviceDesk", " ")
        );
        Assert.Equal(["site", "serviceDesk", "requestType"], faults.Select(fault => fault.Split("Values:")[1].Split(' ')[0]));
        Assert.All(faults, fault => Assert.Contains("is missing: the adapter has {", fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://desk.example", "is not https")]
    [InlineData("desk.example", "must be an absolute http or https address")]
    [InlineData("https://u:hunter2@desk.example", "must not hold a user name or password")]
    [InlineData("https://desk.example?hunter2=1", "without query and fragment")]
    [InlineData("https://desk.example#hunter2", "without query and fragment")]
    [InlineData("ftp://desk.example", "must be an absolute http or https address")]
    public void An_origin_is_checked_as_an_address_is(string site, string expected)
    {
        var fault = Assert.Single(DeskSettings.Faults(("Forms:0:Values:site", site)));
        Assert.StartsWith("Forms:0:Values:site ", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Http_is_fine_on_this_machine_and_where_it_is_allowed()
    {
        Assert.Empty(DeskSettings.Faults(("Forms:0:Values:site", "http://localhost:8080")));
        Assert.Empty(DeskSettings.Faults(("Forms:0:Values:site", "http://desk.example"), ("Forms:0:AllowHttp", "true")));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\nb")]
    public void A_value_that_could_leave_its_place_is_a_fault(string value) =>
        Assert.StartsWith(
            "Forms:0:Values:serviceDesk ",
            Assert.Single(DeskSettings.Faults(("Forms:0:Values:serviceDesk", value))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("a/../b?c#d", "a%2F..%2Fb%3Fc%23d")]
    [InlineData("7/requesttype/1", "7%2Frequesttype%2F1")]
    public void Any_other_value_stays_in_its_place(string value, string expected) =>
        Assert.Contains(
            $"/servicedesk/{expected}/requesttype/21/field",
            DeskSettings.Read([.. DeskSettings.All, ("Forms:0:Values:serviceDesk", value)]).Url.AbsoluteUri,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("jira-service-managment", "Nearest: jira-service-management.")]
    [InlineData("/no/such/adapter.json", "nor a file that is there")]
    public void An_adapter_that_is_nowhere_is_a_fault(string adapter, string expected)
    {
        var fault = Assert.Single(DeskSettings.Faults(("Forms:0:Adapter", adapter)));
        Assert.StartsWith("Forms:0:Adapter is '", fault, StringComparison.Ordinal);
        Assert.Contains("zendesk", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_a_file_stand_beside_those_of_other_settings()
    {
        var file = Adapted.File("""{"form":{"get":{"form":"{site}/f"},"fields":"a["},"extra":1}""");
        var faults = DeskSettings.Faults(("Forms:0:Adapter", file), ("Forms:0:TimeoutSeconds", "0"));
        Assert.Equal(3, faults.Count);
        Assert.Equal(
            2,
            faults.Count(fault => fault.StartsWith($"Forms:0:Adapter has a fault: {file} (1,", StringComparison.Ordinal))
        );
        File.Delete(file);
    }

    [Fact]
    public void An_origin_that_the_file_writes_out_is_checked_too()
    {
        var file = Adapted.File("""{"form":{"get":{"form":"http://desk.example/f"}}}""");
        Assert.Contains(
            "is not https",
            Assert.Single(Configured.Faults(("Forms:0:Url", null), ("Forms:0:Adapter", file))),
            StringComparison.Ordinal
        );
        File.Delete(file);
    }

    [Fact]
    public void Values_without_an_adapter_and_values_that_no_adapter_uses_are_noted()
    {
        Assert.Contains(
            Configured.Oddities(("Forms:0:Values:site", "https://x.example")),
            note => note.StartsWith("Forms:0:Values has no effect", StringComparison.Ordinal)
        );
        Assert.Contains(
            Configured.Oddities([.. DeskSettings.All, ("Forms:0:Values:requestTyp", "1")]),
            note =>
                note.StartsWith("Forms:0:Values:requestTyp is a value that the adapter does not use", StringComparison.Ordinal)
        );
        Assert.Empty(Configured.Oddities([.. DeskSettings.All]));
    }

    [Theory]
    [InlineData("1023")]
    [InlineData("much")]
    public void MaxAdapterBytes_has_its_range(string value) =>
        Assert.StartsWith(
            "Schemas:MaxAdapterBytes is '",
            Assert.Single(DeskSettings.Faults(("Schemas:MaxAdapterBytes", value))),
            StringComparison.Ordinal
        );
}
