using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>With an adapter of one's own, several addresses are asked and several callers served at once.</summary>
public sealed class AdapterCrowdTests : AdapterTests
{
    // So many that an expression still runs for one caller when it begins for others.
    private static readonly string[] s_items = [.. Enumerable.Range(0, 150).Select(i => $"f{i}")];

    [Theory]
    [InlineData(200, 200, null)]
    [InlineData(401, 403, "rejected")]
    [InlineData(403, 401, "rejected")]
    [InlineData(200, 403, "forbidden")]
    [InlineData(503, 403, "forbidden")]
    [InlineData(503, 429, "busy")]
    [InlineData(302, 503, "unavailable")]
    [InlineData(302, 200, "malformed")]
    public async Task Several_addresses_are_asked_at_once_and_the_worst_answer_counts(int first, int second, string? reason)
    {
        var both = new TaskCompletionSource();
        var asked = 0;
        Api.OnForm = async context =>
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                both.SetResult();
            }

            // Each answers once the other has been asked, too.
            await both.Task.WaitAsync(TimeSpan.FromSeconds(20));
            var isFirst = context.Request.Path == "/one";
            await FakeFormApi.Json(
                context,
                isFirst ? """{"ids":["b","a"]}""" : """{"names":{"a":"Alpha","b":"Beta"}}""",
                isFirst ? first : second
            );
        };
        await using var app = await AdapterApp.OfTextAsync(
            Api,
            """
            {"form":{"get":{"one":"{site}/one","two":"{site}/two"},"fields":["let $names = items(two.names)",
            "in one.ids[].{key: @, name: let $id = @ in ($names[?[0] == $id] | [0])[1]}"]}}
            """,
            ("Forms:0:TimeoutSeconds", "30")
        );
        var list = await app.ListAsync();
        Assert.Equal(reason, list.FallbackReason);
        Assert.Equal(2, asked);
        if (reason is null)
        {
            var properties = list.Tool("create_request")["inputSchema"]!["properties"]!.AsObject();
            Assert.Equal(
                ["b Beta", "a Alpha"],
                properties.Select(property => $"{property.Key} {property.Value!["description"]}")
            );
        }
    }

    [Fact]
    public async Task Callers_whose_forms_differ_and_who_come_at_once_each_get_their_own()
    {
        const string fields =
            "let $owner = form.owner in form.items[].{key: @, param: join('_', [@, $owner]), name: $.form.owner}";
        await using var app = await StartAsync(
            Adapted.Adapter(fields),
            ("RateLimit:PermitsPerMinute", "0"),
            ("Forms:0:TimeoutSeconds", "30")
        );
        for (var wave = 0; wave < 4; wave++)
        {
            var tokens = Enumerable.Range(32 * wave, 32).Select(i => $"token-of-somebody-{i:x8}").ToList();
            Api.OnForm = AllAtOnce(
                tokens.Count,
                owner => $$"""{"owner":"{{owner}}","items":["{{string.Join("\",\"", s_items)}}"]}"""
            );
            await Task.WhenAll(tokens.Select(token => AssertOwnAsync(app, token)));
        }
    }

    /// <summary>Answers nobody before all have asked, so that all answers are read in the same moment.</summary>
    private static Func<HttpContext, Task> AllAtOnce(int callers, Func<string, string> form)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        return async context =>
        {
            if (Interlocked.Increment(ref asked) == callers)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(TimeSpan.FromSeconds(20));
            await FakeFormApi.Json(context, form(FakeFormApi.TokenOf(context)![^8..]));
        };
    }

    private static async Task AssertOwnAsync(AdapterApp app, string token)
    {
        var list = await app.App.Rpc.ListAsync(token);
        var properties = list.Tool("create_request")["inputSchema"]!["properties"]!.AsObject();
        Assert.Equal(s_items.Select(item => $"{item}_{token[^8..]}"), properties.Select(property => property.Key));
        Assert.All(
            properties,
            property => Assert.Contains(token[^8..], property.Value!["description"]!.ToString(), StringComparison.Ordinal)
        );
    }
}
