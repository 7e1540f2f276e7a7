using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace McpFunctionApp.Tests.Page;

/// <summary>A chat in which a model opens forms by a draft, and a person fills them in.</summary>
internal sealed class ChatPage : IAsyncDisposable
{
    // The chat makes room for what the view draws: what is pressed meanwhile moves away from under the pointer.
    private const string Settled = """
        () => new Promise(settled => {
          let before;
          const look = () => {
            const now = `${innerHeight} of ${document.documentElement.scrollHeight}`;
            if (now === before && document.querySelector('main')?.hasChildNodes()) settled();
            else { before = now; setTimeout(look, 50); }
          };
          look();
        })
        """;

    private readonly BrowserWorld _world;
    private readonly WatchedPage _watched;
    private readonly TestApp _app;
    private readonly string _token;
    private int _views;

    private ChatPage(BrowserWorld world, WatchedPage watched, TestApp app, string token)
    {
        _world = world;
        _watched = watched;
        _app = app;
        _token = token;
    }

    public IPage Page => _watched.Page;

    public static async Task<ChatPage> OpenAsync(
        BrowserWorld world,
        TestApp app,
        string token,
        int width = 800,
        bool dark = false
    )
    {
        var watched = await world.OpenAsync(width, dark);
        if (watched.Page.Url != world.Chat.Chat)
        {
            await watched.Page.GotoAsync(world.Chat.Chat);
        }

        return new ChatPage(world, watched, app, token);
    }

    /// <summary>Opens the form with what the model has understood so far.</summary>
    /// <param name="odd">Oddities of the host, as <c>host.mjs</c> names them.</param>
    /// <param name="result">What the chat kept of an earlier draft, in the place of a new one.</param>
    /// <returns>The frame that the form is drawn in.</returns>
    public async Task<IFrame> OpenFormAsync(
        string values = "{}",
        string[]? odd = null,
        JsonNode? result = null,
        bool dark = false,
        string? said = null,
        string locale = "en-US"
    )
    {
        var options = new JsonObject
        {
            ["server"] = new JsonObject { ["endpoint"] = _app.Endpoint.ToString(), ["token"] = _token },
            ["draft"] = new JsonObject
            {
                ["name"] = "draft_create_request",
                ["arguments"] = new JsonObject { ["values"] = values },
            },
            ["sandbox"] = _world.Chat.Sandbox,
            ["theme"] = dark ? "dark" : "light",
            ["locale"] = locale,
            ["odd"] = new JsonObject((odd ?? []).Select(name => KeyValuePair.Create(name, (JsonNode?)true))),
        };
        if (said is not null)
        {
            options["said"] = said;
        }

        if (result is not null)
        {
            options["result"] = result.DeepClone();
        }

        await Page.EvaluateAsync("options => window.openView(JSON.parse(options))", options.ToJsonString());
        var outer = Page.FrameLocator($"main > iframe >> nth={_views++}");
        var view =
            await (await outer.Locator("iframe").ElementHandleAsync()).ContentFrameAsync()
            ?? throw new InvalidOperationException("The view has no frame.");
        await view.EvaluateAsync(Settled);
        return view;
    }

    /// <summary>From now on each call of a tool fails with this; null: goes through.</summary>
    public Task FailCallsAsync(string? message) => Page.EvaluateAsync("message => { window.failing = message }", message);

    /// <summary>From now on calls of this tool reach the server, and their answers get lost.</summary>
    public Task LoseAnswersAsync(string tool) => Page.EvaluateAsync("tool => { window.losing = tool }", tool);

    /// <summary>The next call of a tool is answered with this, and the server is not asked.</summary>
    public Task AnswerCallAsync(JsonNode result) =>
        Page.EvaluateAsync("result => { window.answers.push(JSON.parse(result)) }", result.ToJsonString());

    /// <summary>Presses as a hand does: at the control's middle, as the browser counts presses that follow each other.</summary>
    /// <param name="nth">2: the second within the time of a double click.</param>
    public async Task PressAsync(ILocator control, int nth = 1)
    {
        await PointAtAsync(control);
        await Page.Mouse.DownAsync(new() { ClickCount = nth });
        await Page.Mouse.UpAsync(new() { ClickCount = nth });
    }

    public async Task PointAtAsync(ILocator control)
    {
        await control.ScrollIntoViewIfNeededAsync();
        var box = (await control.BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    /// <summary>How often the view has called the form's tool.</summary>
    public async Task<int> SendsAsync() =>
        (await AskedAsync("tools/call")).Count(message => (string?)message["params"]!["name"] == "create_request");

    /// <summary>What the view has asked the chat for by this method, once it has.</summary>
    public async Task<IReadOnlyList<JsonNode>> AskedAsync(string method)
    {
        await Page.WaitForFunctionAsync("method => window.asked.some(message => message.method === method)", method);
        var asked = await Page.EvaluateAsync<string>("() => JSON.stringify(window.asked)");
        var all = JsonNode.Parse(asked)!.AsArray().Select(message => message!);
        return [.. all.Where(message => (string?)message["method"] == method)];
    }

    /// <summary>Leaves the chat empty for the next, which would else be shown this one's form; also after a failure.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _watched.DisposeAsync();
        }
        finally
        {
            await Page.EvaluateAsync("() => window.empty()");
        }
    }
}
