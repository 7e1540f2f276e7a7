namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>Tests with a form API and a clock. A test class that derives from this has them anew for every test; a class
/// fixture that does has them once for all tests of a class.</summary>
public abstract class ApiTests : IAsyncLifetime
{
    public ManualClock Clock { get; } = new();

    public FakeFormApi Api { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Api = await FakeFormApi.StartAsync();
        ServeForm();
    }

    public virtual async Task DisposeAsync() => await Api.DisposeAsync();

    /// <summary>What the form API answers from the start: the same form for everybody, unless a class says otherwise.</summary>
    protected virtual void ServeForm() => Api.ServeFields(Given.Fields);
}
