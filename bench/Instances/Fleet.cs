using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using Microsoft.Extensions.Time.Testing;

namespace Bench.Instances;

/// <summary>Instances that share a table, a form API and a clock, and callers whose requests go to any of them.</summary>
internal sealed class Fleet : IDisposable
{
    private readonly CountingApi _api;
    private readonly List<Instance> _instances;
    private readonly List<Caller> _callers;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 7, 28, 12, 0, 0, TimeSpan.Zero));

    // The same requests in every run.
    private readonly Random _random = new(4_711);

    public Fleet(CountingApi api, string table, int instances, int callers)
    {
        _api = api;
        _instances = [.. Enumerable.Range(0, instances).Select(_ => new Instance(api.Url, table, _clock))];
        _callers = [.. Enumerable.Range(0, callers).Select(_ => Caller.FromToken(Guid.NewGuid().ToString("N"), "groups"))];
    }

    public SchemaOptions Options => _instances[0].Options;

    public int Requests { get; private set; }

    /// <summary>Each second every caller asks, with this chance, so many instances at the same moment.</summary>
    public async Task RunAsync(TimeSpan length, double chance, int atOnce)
    {
        for (var second = 0; second < length.TotalSeconds; second++)
        {
            var asking = _callers.Where(_ => _random.NextDouble() < chance).ToList();
            await Task.WhenAll(asking.SelectMany(caller => Pick(atOnce).Select(instance => instance.AskAsync(caller))));
            Requests += asking.Count * atOnce;
            await SettleAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>One instance is told to forget everything, and the form API has another form from then on.</summary>
    /// <returns>After how many seconds no instance answered with the old form any more.</returns>
    public async Task<int> InvalidateAsync()
    {
        await AskEveryInstanceAsync();
        _api.BeginEdition();
        if (!await _instances[0].Schemas.InvalidateAsync(CancellationToken.None))
        {
            throw new InvalidOperationException("The table could not be told.");
        }

        for (var second = 0; second <= 2 * Options.MemoryTtl.TotalSeconds; second++)
        {
            var forms = await AskEveryInstanceAsync();
            if (forms.All(form => form == _api.Parameter))
            {
                return second;
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        throw new InvalidOperationException("An instance still answers with the old form.");
    }

    public void Dispose() => _instances.ForEach(instance => instance.Dispose());

    private async Task<string[]> AskEveryInstanceAsync()
    {
        var forms = await Task.WhenAll(_instances.Select(instance => instance.AskAsync(_callers[0])));
        await SettleAsync();
        return forms;
    }

    private Task SettleAsync() => Task.WhenAll(_instances.Select(instance => instance.DrainAsync()));

    private Instance[] Pick(int count) => _random.GetItems<Instance>([.. _instances], count);
}
