using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Asking;

/// <summary>One app with a form of which four fields are required, for all tests of a class that only ask.</summary>
public sealed class PromptApp : AppTests<WatchedApp>
{
    protected override void ServeForm() =>
        Api.ServeByToken(token =>
            token != Given.Token
                ? null
                : $$"""
                    {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true},
                    {"name":"Priority","paramName":"priority","type":"DropDownFieldRest","required":true,"options":["low",
                    "high"]},
                    {"name":"Asset","paramName":"asset","type":"DropDownFieldRest","required":true,{{MappedForm.Options(250)}}},
                    {"name":"Flag","paramName":"flag","type":"BooleanFieldRest","required":true},
                    {"name":"Note","paramName":"note","type":"TextFieldRest"}
                    """
        );

    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartAsync(Api, Clock);
}
