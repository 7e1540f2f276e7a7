namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>Tests with a form API and an app in front of it, a <see cref="TestApp"/> or a <see cref="WatchedApp"/>: anew for
/// every test, or once for all tests of a class where a class fixture derives from this.</summary>
public abstract class AppTests<TApp> : ApiTests
    where TApp : class, IAsyncDisposable
{
    public TApp App { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        App = await StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Starts the app with the settings of these tests, once the form API is there and says what it is to.</summary>
    protected abstract Task<TApp> StartAsync();
}
