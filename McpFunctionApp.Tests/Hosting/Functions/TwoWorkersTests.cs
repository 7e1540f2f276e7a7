using System.Net;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>Two workers on one table: what one has fetched, recorded or forgotten, the other knows.</summary>
[Collection(WorkerCollection.Name)]
public sealed class TwoWorkersTests(WorkerWorld world)
{
    private static readonly string s_token = WorkerWorld.TokenOf("two-workers");

    [NodeFact(IsSlow = true)]
    public async Task A_form_is_fetched_once_for_both_and_forgotten_by_both_and_either_exports_what_the_other_recorded()
    {
        await using var other = await world.StartHostAsync(memoryTtlSeconds: "1");
        await world.Host.Rpc.ListAsync(WorkerWorld.TokenOf("creates-the-table"));
        await Eventually.TrueAsync(() => world.FormRows() > 0, "the table holds a form");
        var rows = world.FormRows();
        await world.Host.Rpc.ListAsync(s_token);
        await Eventually.TrueAsync(() => world.FormRows() > rows, "the table holds the caller's form");

        var answer = await other.Rpc.CallAsync("create_request", Given.Call, s_token);
        Assert.Equal(1, world.FormCallsOf(s_token));
        using var export = await world.Host.SendAsync(HttpMethod.Get, "/requests", HostKeys.Function);
        var id = (string)answer.Result["structuredContent"]!["id"]!;
        Assert.Contains(id, await export.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var dropped = await world.Host.SendAsync(HttpMethod.Delete, "/cache/me", token: s_token);
        Assert.Equal(HttpStatusCode.OK, dropped.StatusCode);
        await Eventually.TrueAsync(
            async () => (await other.Rpc.ListAsync(s_token)).Status == HttpStatusCode.OK && world.FormCallsOf(s_token) == 2,
            "the other worker has forgotten the form, too"
        );
    }
}
