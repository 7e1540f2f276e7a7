using McpFunctionApp.FormApi;

namespace McpFunctionApp.Tests.Settings;

public sealed class FormSettingsTests
{
    private static FormOptions Read(params (string Name, string? Value)[] settings)
    {
        var reader = Configured.Reader([("Forms:0:Url", "https://forms.example/form"), .. settings]);
        var forms = FormOptions.ReadAll(reader);
        reader.ThrowIfFaulty();
        return Assert.Single(forms);
    }

    [Fact]
    public void A_url_is_enough()
    {
        var form = Read();
        Assert.Equal("create_request", form.Tool);
        Assert.Equal(new Uri("https://forms.example/form"), form.Url);
        Assert.Null(form.SubmitUrl);
        Assert.Equal(TimeSpan.FromSeconds(10), form.Timeout);
        Assert.NotEmpty(form.Title);
        Assert.NotEmpty(form.Description);
    }

    [Fact]
    public void Everything_can_be_set()
    {
        var form = Read(
            ("Forms:0:Tool", "order_laptop"),
            ("Forms:0:Title", "Order a laptop"),
            ("Forms:0:Description", "Orders one."),
            ("Forms:0:SubmitUrl", "https://forms.example/requests"),
            ("Forms:0:TimeoutSeconds", "3")
        );
        var expected = new FormOptions(
            "order_laptop",
            "Order a laptop",
            "Orders one.",
            new("https://forms.example/form"),
            new("https://forms.example/requests"),
            TimeSpan.FromSeconds(3)
        );
        Assert.Equal(expected with { Source = form.Source, DraftTool = "draft_order_laptop" }, form);
    }

    [Fact]
    public void Several_forms_keep_the_order_of_their_numbers()
    {
        var reader = Configured.Reader([
            .. Enumerable
                .Range(0, 12)
                .Reverse()
                .SelectMany(i =>
                    new[] { ($"Forms:{i}:Url", (string?)"https://forms.example/form"), ($"Forms:{i}:Tool", $"tool_{i}") }
                ),
        ]);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"tool_{i}"), FormOptions.ReadAll(reader).Select(f => f.Tool));
        reader.ThrowIfFaulty();
    }

    [Fact]
    public void Without_a_form_the_fault_says_what_to_set()
    {
        var reader = Configured.Reader();
        FormOptions.ReadAll(reader);
        var fault = Assert.Single(Assert.Throws<McpFunctionApp.Settings.SettingsException>(reader.ThrowIfFaulty).Faults);
        Assert.Contains("Forms:0:Url", fault, StringComparison.Ordinal);
        Assert.Contains("Forms__0__Url", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("create-Request_2")]
    [InlineData("a234567890123456789012345678901234567890")]
    public void A_safe_tool_name_is_taken(string tool) => Assert.Equal(tool, Read(("Forms:0:Tool", tool)).Tool);

    [Theory]
    [InlineData("a2345678901234567890123456789012345678901")]
    [InlineData("create request")]
    [InlineData("create.request")]
    [InlineData("größe")]
    [InlineData("a\nb")]
    [InlineData("a/b")]
    public void An_unsafe_tool_name_is_a_fault(string tool)
    {
        var fault = Assert.Single(Configured.Faults(("Forms:0:Tool", tool)));
        Assert.StartsWith("Forms:0:Tool ", fault, StringComparison.Ordinal);
        Assert.Contains("1 to 40", fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("Echo")]
    [InlineData("MULTIPLY")]
    [InlineData("search_people")]
    [InlineData("Search_all")]
    [InlineData("list_entity_types")]
    [InlineData("List_Entity_Types")]
    public void The_name_of_a_built_in_tool_is_a_fault(string tool)
    {
        var fault = Assert.Single(Configured.Faults(("Forms:0:Tool", tool)));
        Assert.StartsWith("Forms:0:Tool ", fault, StringComparison.Ordinal);
        Assert.Contains("built-in", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order", "order")]
    [InlineData("order", "ORDER")]
    [InlineData(null, null)]
    [InlineData(null, "create_request")]
    public void Two_forms_with_one_tool_name_are_a_fault(string? first, string? second)
    {
        var fault = Assert.Single(
            Configured.Faults(("Forms:0:Tool", first), ("Forms:1:Url", "https://forms.example/2"), ("Forms:1:Tool", second))
        );
        Assert.Contains(first ?? "create_request", fault, StringComparison.Ordinal);
        Assert.Contains("Forms:n:Tool", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    public void AllowHttp_must_be_true_or_false(string value) =>
        Assert.StartsWith(
            $"Forms:0:AllowHttp is '{value}', but must be true or false",
            Assert.Single(Configured.Faults(("Forms:0:AllowHttp", value))),
            StringComparison.Ordinal
        );
}
