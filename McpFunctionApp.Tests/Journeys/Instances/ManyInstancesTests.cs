using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Journeys.Instances;

/// <summary>Eight instances share the table, and a caller's requests go to any of them.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class ManyInstancesTests(AzuriteServer azurite) : TableTests(azurite)
{
    private const int Instances = 8;
    private const int Callers = 4;
    private const double Life = 300;
    private const double MemoryLife = 60;
    private const int Lives = 2;
    private const double Step = 12.5;

    // The same requests in every run.
    private readonly Random _random = new(4_711);
    private readonly List<TestApp> _apps = [];

    protected override async Task PrepareAsync()
    {
        _apps.Add(Rig.First);
        _apps.AddRange(
            await Task.WhenAll(
                Enumerable.Range(1, Instances - 1).Select(_ => Rig.AddAsync(("TableStorage", Rig.Proxy.ConnectionString)))
            )
        );
    }

    [NodeFact]
    public async Task The_form_api_is_asked_once_per_caller_and_life_and_the_table_read_once_per_memory_life_at_most()
    {
        // The table is there once something has been written.
        await Rig.CallsOfListAsync(Rig.First);
        var before = Rig.Proxy.Requests.Count;
        for (var time = 0.0; time < Lives * Life; time += Step)
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(ListAnywhereAsync));
            Rig.Advance(Step);
        }

        var calls = Rig.Api.FormCalls.GroupBy(call => call.Token).Select(group => group.Count()).ToList();
        Assert.Equal(1 + Callers, calls.Count);
        Assert.All(calls, count => Assert.InRange(count, 1, 1.1 * Lives));

        var requests = Rig.Proxy.Requests.Skip(before).ToList();
        var reads = requests.Count(request => request.StartsWith("GET", StringComparison.Ordinal));
        Assert.Equal(Callers * Lives, requests.Count - reads);
        Assert.InRange(reads, 1, Instances * (1 + Callers) * Lives * Life / MemoryLife);
    }

    [NodeFact]
    public async Task An_invalidation_reaches_every_instance_within_the_life_of_memory()
    {
        foreach (var app in _apps)
        {
            await Rig.CallsOfListAsync(app);
        }

        Rig.Api.ServeFields("""{"name":"New","paramName":"new_field","type":"TextFieldRest"}""");
        await TableRig.InvalidateAsync(_apps[0]);
        Rig.Advance(MemoryLife);
        foreach (var app in _apps)
        {
            var answer = await app.Rpc.ListAsync(Given.Token);
            Assert.NotNull(answer.Tool("create_request")["inputSchema"]!["properties"]!["new_field"]);
            await TableRig.DrainAsync(app);
        }

        Assert.Equal(2, Rig.Api.FormCalls.Count);
    }

    private Task ListAnywhereAsync(int caller) =>
        Rig.CallsOfListAsync(_apps[_random.Next(_apps.Count)], $"{Given.Token}-{caller}");
}
