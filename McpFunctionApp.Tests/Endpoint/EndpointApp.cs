using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>One app for all tests of a class that only ask: a form with one field for the token below, 401 for any
/// other.</summary>
public sealed class EndpointApp : IAsyncLifetime
{
    public const string Token = "token-of-the-endpoint-tests";

    public TestApp App { get; private set; } = null!;

    public FakeFormApi Api { get; private set; } = null!;

    public RpcClient Rpc => App.Rpc;

    public async Task InitializeAsync()
    {
        Api = await FakeFormApi.StartAsync();
        Api.ServeByToken(token =>
            token == Token ? """{"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true}""" : null
        );
        App = await TestApp.StartAsync(Api);
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await Api.DisposeAsync();
    }
}
