using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>How long memory answers without asking the table, so that an invalidation elsewhere arrives in time.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class FormSchemasTableLifeTests(AzuriteServer azurite) : IAsyncLifetime
{
    private TableRig _rig = null!;

    public async Task InitializeAsync() => _rig = NodeRig.Missing is null ? await TableRig.StartAsync(azurite) : null!;

    public async Task DisposeAsync() => await (_rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    [NodeFact]
    public async Task Memory_answers_for_its_life_from_the_question_on_and_not_from_a_slow_answer()
    {
        _rig.Api.OnForm = context =>
        {
            _rig.Advance(8);
            return FakeFormApi.Json(context, Given.Form);
        };
        Assert.Equal(1, await _rig.CallsOfListAsync(_rig.First));
        var asked = _rig.Proxy.Requests.Count;

        _rig.Advance(51);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        Assert.Equal(asked, _rig.Proxy.Requests.Count);

        _rig.Advance(1);
        Assert.Equal(0, await _rig.CallsOfListAsync(_rig.First));
        Assert.NotEqual(asked, _rig.Proxy.Requests.Count);
    }
}
