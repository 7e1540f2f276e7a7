using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using McpFunctionApp.Forms;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using Xunit.Abstractions;

namespace McpFunctionApp.Tests.Stress;

/// <summary>
/// Callers, 20,000 unless SOAK_CALLERS says otherwise, on two instances, in an order that the seed gives: nobody ever sees
/// another one's form, and neither memory nor table grows beyond its limit. Brief, or as long as SOAK_SECONDS says.
/// </summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class SoakTests(AzuriteServer azurite, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Workers = 16;
    private const int Seed = 20260728;
    private const long MemoryLimit = 1_048_576;

    private static readonly int s_callers = AllTests.NumberOf("SOAK_CALLERS") ?? 20_000;

    private readonly ConcurrentDictionary<int, bool> _served = new();
    private TableRig _rig = null!;
    private int _lists;
    private int _calls;
    private long _mostBytes;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync()
    {
        if (_rig is not null)
        {
            await _rig.DisposeAsync();

            // Faster than deleting what is in it.
            await azurite.StopAsync();
            await azurite.StartAsync();
        }
    }

    [NodeFact]
    public async Task Every_answer_belongs_to_its_caller_and_nothing_outgrows_its_limit()
    {
        var length = AllTests.LengthOf("SOAK_SECONDS");
        _rig.Api.ServeByToken(token => FieldsOf(token[^5..]));
        _rig.Api.OnSubmit = context =>
            FakeFormApi.Json(context, $$"""{"id":"request-of-{{FakeFormApi.TokenOf(context)![^5..]}}"}""", 201);
        var apps = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ =>
                    _rig.AddAsync(
                        ("Schemas:MemoryMegabytes", "1"),
                        ("Logging:LogLevel:McpFunctionApp", "Warning"),
                        ("Logging:LogLevel:Microsoft", "Warning"),
                        ("Logging:LogLevel:System", "Warning")
                    )
                )
        );

        var random = new Random(Seed);
        var watch = Stopwatch.StartNew();
        var workers = Task.WhenAll(
            Enumerable
                .Range(0, Workers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (watch.Elapsed < length)
                        {
                            await ActAsync(apps, random);
                        }
                    })
                )
        );

        // Five times as fast as the real one, so that forms expire in both levels meanwhile.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!workers.IsCompleted && await timer.WaitForNextTickAsync())
        {
            _rig.Advance(1);
        }

        await workers;
        await Task.WhenAll(apps.Select(TableRig.DrainAsync));

        var fields = (await _rig.FormRowsAsync()).ConvertAll(row =>
            FormCodec.Decode(BinaryParts.Read(row.Values))!.Properties[0].Key
        );
        var reports = await Task.WhenAll(apps.Select(TableRig.ReportAsync));
        output.WriteLine(
            $"{watch.Elapsed.TotalSeconds:0} s, {_lists} lists, {_calls} calls, {_served.Count} callers, "
                + $"{_rig.Api.FormCalls.Count} forms fetched, {fields.Count} rows, at most {_mostBytes} bytes in memory"
        );
        Array.ForEach(apps, app => output.WriteLine($"warnings: {string.Join(", ", TableRig.Warnings(app).CountBy(id => id))}"));
        Array.ForEach(reports, report => output.WriteLine(report.ToString()));
        Assert.Equal(fields.Count, fields.Distinct().Count());
        Assert.InRange(fields.Count, 1, _served.Count);
        Assert.InRange(_mostBytes, 1, MemoryLimit);
        Assert.All(reports, report => Assert.True(report.GetProperty("hits").GetProperty("memory").GetInt64() > 0));
        Assert.Contains(reports, report => report.GetProperty("hits").GetProperty("table").GetInt64() > 0);
    }

    private static string FieldsOf(string number) =>
        $$"""{"name":"Field """
        + $$"""{{number}}","paramName":"field_{{number}}","type":"TextFieldRest","required":true,"description":"Only for """
        + $$"""member_{{number}}"}""";

    /// <summary>One list in nine of ten cases, else one call; half of all by one caller in a hundred, so that memory has
    /// something to do.</summary>
    private async Task ActAsync(TestApp[] apps, Random random)
    {
        int caller,
            dice;
        lock (random)
        {
            caller = random.Next(2) == 0 ? random.Next(s_callers / 100) : random.Next(s_callers);
            dice = random.Next(200);
        }

        var number = caller.ToString("00000", CultureInfo.InvariantCulture);
        var (app, token) = (apps[dice % 2], $"the-same-first-characters-for-all-{number}");
        _served[caller] = true;
        if (dice < 20)
        {
            var answer = await app.Rpc.CallAsync("create_request", $$"""{"field_{{number}}":"from {{number}}"}""", token);
            Assert.False(answer.IsError, answer.Body);
            Assert.Equal($"request-of-{number}", (string?)answer.Result["structuredContent"]!["id"]);
            Interlocked.Increment(ref _calls);
            return;
        }

        var list = await app.Rpc.ListAsync(token, perRequest: dice < 100);
        Assert.Equal(
            [$"field_{number}"],
            list.Tool("create_request")["inputSchema"]!["properties"]!.AsObject().Select(property => property.Key)
        );
        Assert.Contains($"Only for member_{number}", list.Body, StringComparison.Ordinal);
        if (Interlocked.Increment(ref _lists) % 50 == 0)
        {
            NoteBytes((await TableRig.ReportAsync(app)).GetProperty("bytes").GetInt64());
        }
    }

    private void NoteBytes(long bytes)
    {
        lock (_served)
        {
            _mostBytes = Math.Max(_mostBytes, bytes);
        }
    }
}
