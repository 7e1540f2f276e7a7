using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Journeys.Instances;

/// <summary>Tests in which the form changes, and <c>DELETE /cache</c> tells one of two instances.</summary>
public abstract class InvalidationTests(AzuriteServer azurite) : TableTests(azurite)
{
    private protected const string New = """{"paramName":"new_field","type":"TextFieldRest"}""";

    private protected async Task ChangeAndInvalidateAsync(TestApp app)
    {
        Rig.Api.ServeFields(New);
        Assert.Equal(HttpStatusCode.OK, await TableRig.InvalidateAsync(app));
    }

    private protected static async Task<bool> IsNewAsync(TestApp app, string token)
    {
        var answer = await app.Rpc.ListAsync(token);
        await TableRig.DrainAsync(app);
        return answer.Tool("create_request")["inputSchema"]!["properties"]!["new_field"] is not null;
    }
}
