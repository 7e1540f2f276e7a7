using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Sample;

public sealed class SampleFormTests(SampleFixture fixture) : IClassFixture<SampleFixture>
{
    [Theory]
    [InlineData(SampleHost.UserA, "subject", "requester", "description")]
    [InlineData(SampleHost.UserB, "subject", "priority", "category")]
    public async Task A_sample_user_is_served_the_form_of_its_own(string token, params string[] keys)
    {
        using var answer = await fixture.Host.GetAsync("/sample/form", token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            keys,
            (await SampleHost.JsonOf(answer))
                .GetProperty("fieldList")
                .EnumerateArray()
                .Select(field => field.GetProperty("paramName").GetString())
        );
    }

    [Fact]
    public async Task The_technicians_form_holds_every_field_type_and_a_choice_with_1500_options()
    {
        using var answer = await fixture.Host.GetAsync("/sample/form", SampleHost.Technician);
        var fields = (await SampleHost.JsonOf(answer)).GetProperty("fieldList").EnumerateArray().ToList();
        var types = fields.Select(field => field.GetProperty("type").GetString()).ToHashSet();
        Assert.Superset(
            new HashSet<string?>([
                "TextFieldRest",
                "TextAreaFieldRest",
                "RichTextAreaFieldRest",
                "AttachmentFieldRest",
                "SystemFieldRest",
                "APIFieldRest",
                "DisplayFieldRest",
                "NumberFieldRest",
                "DropDownFieldRest",
                "MultiSelectDropDownFieldRest",
                "CheckBoxFieldRest",
            ]),
            types
        );
        var assets = fields
            .Single(field => field.TryGetProperty("paramName", out var key) && key.ValueEquals("asset"))
            .GetProperty("options")
            .EnumerateArray()
            .ToList();
        Assert.Equal(1_500, assets.Select(asset => asset.GetProperty("label").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData]
    [InlineData("Bearer test-token-nobody")]
    [InlineData("Bearer TEST-TOKEN-USER-A")]
    [InlineData("Bearer")]
    [InlineData("test-token-user-a")]
    [InlineData("Basic test-token-user-a")]
    [InlineData("Bearer test-token-user-a", "Bearer test-token-user-b")]
    public async Task Anybody_else_is_401_and_told_how_to_authenticate(params string[] authorization)
    {
        foreach (var path in new[] { "/sample/form", "/sample/requests" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var answer = await fixture.Host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData("Production", null, HttpStatusCode.NotFound)]
    [InlineData("Production", "true", HttpStatusCode.OK)]
    [InlineData("Development", null, HttpStatusCode.OK)]
    [InlineData("Development", "false", HttpStatusCode.NotFound)]
    public async Task The_sample_is_there_in_development_or_where_it_is_switched_on(
        string environment,
        string? enabled,
        HttpStatusCode expected
    )
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:9/form", ["SampleFormApi:Enabled"] = enabled },
            environment: environment
        );
        foreach (var path in new[] { "/sample/form", "/sample/requests", "/sample/mode" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Authorization", $"Bearer {SampleHost.UserA}");
            using var answer = await app.Http.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
        }
    }
}
