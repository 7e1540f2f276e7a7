using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas.Table;

/// <summary>How long memory answers without asking the table, so that an invalidation elsewhere arrives in time.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class FormSchemasTableLifeTests(AzuriteServer azurite) : TableTests(azurite)
{
    [NodeFact]
    public async Task Memory_answers_for_its_life_from_the_question_on_and_not_from_a_slow_answer()
    {
        Rig.Api.OnForm = context =>
        {
            Rig.Advance(8);
            return FakeFormApi.Json(context, Given.Form);
        };
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First));
        var asked = Rig.Proxy.Requests.Count;

        Rig.Advance(51);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(asked, Rig.Proxy.Requests.Count);

        Rig.Advance(1);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
        Assert.NotEqual(asked, Rig.Proxy.Requests.Count);
    }
}
