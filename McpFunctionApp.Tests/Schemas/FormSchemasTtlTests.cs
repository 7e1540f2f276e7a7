using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>What a client is told of how long its list stays right.</summary>
public sealed class FormSchemasTtlTests : AppTests<WatchedApp>
{
    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartAsync(Api, Clock);

    [Fact]
    public async Task It_is_the_remaining_life()
    {
        Assert.Equal(300_000, await TtlAsync(Given.Token));
        Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(200_000, await TtlAsync(Given.Token));
        Clock.Advance(TimeSpan.FromSeconds(199.5));
        Assert.Equal(500, await TtlAsync(Given.Token));
        Clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(300_000, await TtlAsync(Given.Token));
    }

    [Fact]
    public async Task It_ends_with_the_token()
    {
        var token = Given.Jwt(Clock.GetUtcNow().AddSeconds(30));
        Assert.Equal(30_000, await TtlAsync(token));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(20_000, await TtlAsync(token));
    }

    [Fact]
    public async Task It_is_0_without_a_token() => Assert.Equal(0, await TtlAsync(null));

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(204)]
    public async Task It_is_0_in_degraded_mode_also_from_memory(int status)
    {
        Api.OnForm = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        Assert.Equal(0, await TtlAsync(Given.Token));
        Assert.Equal(0, await TtlAsync(Given.Token));
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task A_form_without_a_usable_field_has_a_life_too()
    {
        Api.ServeFields("""{"paramName":"x","type":"TextFieldRest","hidden":true}""");
        Assert.Equal(300_000, await TtlAsync(Given.Token));
        Assert.Equal(300_000, await TtlAsync(Given.Token));
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task Older_revisions_are_not_told()
    {
        var result = (await App.Rpc.ListAsync(Given.Token)).Result.AsObject();
        Assert.Equal(["tools"], result.Select(member => member.Key));
    }

    private async Task<double> TtlAsync(string? token)
    {
        var result = (await App.Rpc.ListAsync(token, perRequest: true)).Result;
        Assert.Equal("private", (string?)result["cacheScope"]);
        return (double)result["ttlMs"]!;
    }
}
