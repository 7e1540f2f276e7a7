using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>One app for all tests of a class that only ask: a form with one field for the token below, 401 for any
/// other.</summary>
public sealed class EndpointApp : AppTests<TestApp>
{
    public const string Token = "token-of-the-endpoint-tests";

    public RpcClient Rpc => App.Rpc;

    protected override void ServeForm() =>
        Api.ServeByToken(token =>
            token == Token ? """{"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true}""" : null
        );

    protected override Task<TestApp> StartAsync() => TestApp.StartAsync(Api);
}
