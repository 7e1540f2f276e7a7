using System.Collections.Immutable;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>The app with one form by an adapter, before a fake of its system.</summary>
internal sealed class AdapterApp : IAsyncDisposable
{
    private readonly string? _file;

    private AdapterApp(FakeFormApi api, TestApp app, string? file)
    {
        Api = api;
        App = app;
        _file = file;
    }

    public FakeFormApi Api { get; }

    public TestApp App { get; }

    /// <param name="adapter">The text of an adapter's file.</param>
    public static async Task<AdapterApp> OfTextAsync(
        FakeFormApi api,
        string adapter,
        params (string Name, string? Value)[] settings
    )
    {
        var file = Adapted.File(adapter);
        return new AdapterApp(api, await StartAsync(api, file, settings), file);
    }

    /// <summary>A preset before a fake that answers as <c>Answers/{preset}.json</c> says.</summary>
    public static async Task<AdapterApp> OfPresetAsync(string preset, params (string Name, string? Value)[] settings)
    {
        var api = await FakeFormApi.StartAsync();
        var answers = Answers(preset);
        api.OnForm = context => AnswerAsync(context, answers[$"GET {context.Request.Path}"]);
        api.OnSubmit = context => AnswerAsync(context, answers[$"POST {context.Request.Path}"]);
        return new AdapterApp(api, await StartAsync(api, preset, settings), null);
    }

    /// <summary>The next submissions are refused as the vendor refuses one.</summary>
    public void Refuse(string preset)
    {
        var answers = Answers(preset);
        Api.OnSubmit = context => AnswerAsync(context, answers["REFUSAL"]);
    }

    public Task<RpcAnswer> ListAsync() => App.Rpc.ListAsync(Infrastructure.Given.Token);

    public async Task<JsonNode> SchemaAsync() => (await ListAsync()).Tool("create_request")["inputSchema"]!;

    public Task<RpcAnswer> CallAsync(string arguments) =>
        App.Rpc.CallAsync("create_request", arguments, Infrastructure.Given.Token);

    /// <summary>What the fake was last sent.</summary>
    public string Sent => Api.Submissions[^1].Body;

    /// <summary>Two JSON texts say the same, members in any order.</summary>
    public static void AssertSame(string expected, string actual) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)),
            $"expected {expected}{Environment.NewLine}but was  {actual}"
        );

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Api.DisposeAsync();
        if (_file is not null)
        {
            File.Delete(_file);
        }
    }

    public static ImmutableDictionary<string, JsonNode> Answers(string preset)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Adapters", "Answers", $"{preset}.json");
        return JsonNode
            .Parse(File.ReadAllText(path))!
            .AsObject()
            .ToImmutableDictionary(answer => answer.Key, answer => answer.Value!);
    }

    private static Task AnswerAsync(HttpContext context, JsonNode answer) =>
        FakeFormApi.Json(context, answer["body"]!.ToJsonString(), (int)answer["status"]!);

    private static Task<TestApp> StartAsync(FakeFormApi api, string adapter, (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Forms:0:Adapter"] = adapter, ["Forms:0:Values:site"] = api.Address };
        foreach (var (name, value) in settings)
        {
            all[name] = value?.Replace("{address}", api.Address, StringComparison.Ordinal);
        }

        return TestApp.StartAsync(all);
    }
}
