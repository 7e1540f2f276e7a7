using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Journeys.Instances;

/// <summary>
/// After <c>DELETE /cache</c> nothing from before it is shown: at once on the instance that was told, on the other at
/// the latest 60 s after, whatever it had done just before.
/// </summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class TwoInstancesInvalidationTests(AzuriteServer azurite) : InvalidationTests(azurite)
{
    [NodeFact]
    public async Task The_instance_that_is_told_forgets_everybody_at_once()
    {
        foreach (var token in (string[])[Given.Token, Given.OtherToken])
        {
            Assert.Equal(1, await Rig.CallsOfListAsync(Rig.First, token));
        }

        await ChangeAndInvalidateAsync(Rig.First);
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
        Assert.True(await IsNewAsync(Rig.First, Given.OtherToken));
    }

    [NodeTheory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(30)]
    [InlineData(59.9)]
    public async Task The_other_which_loaded_from_the_table_before_follows_within_60_seconds(double before)
    {
        await Rig.CallsOfListAsync(Rig.First);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
        Rig.Advance(before);
        await ChangeAndInvalidateAsync(Rig.First);
        await AssertFollowsAsync(Rig.Second);
    }

    [NodeTheory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(59.9)]
    public async Task The_other_which_fetched_from_the_form_api_before_follows_within_60_seconds(double before)
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        Rig.Advance(before);
        await ChangeAndInvalidateAsync(Rig.First);
        await AssertFollowsAsync(Rig.Second);
    }

    [NodeTheory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(59.9)]
    public async Task The_other_whose_generation_is_older_than_its_form_follows_within_60_seconds(double between)
    {
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second, Given.OtherToken));
        Rig.Advance(between);
        Assert.Equal(1, await Rig.CallsOfListAsync(Rig.Second));
        Rig.Advance(0.05);
        await ChangeAndInvalidateAsync(Rig.First);
        await AssertFollowsAsync(Rig.Second);
    }

    [NodeFact]
    public async Task The_other_which_is_asked_by_a_caller_every_10_seconds_follows_within_60_seconds_for_all()
    {
        for (var i = 0; i < 12; i++)
        {
            await Rig.CallsOfListAsync(Rig.Second, i % 3 == 0 ? Given.Token : Given.OtherToken);
            Rig.Advance(10);
        }

        await ChangeAndInvalidateAsync(Rig.First);
        for (var i = 0; i < 6; i++)
        {
            await Rig.Second.Rpc.ListAsync(Given.OtherToken);
            Rig.Advance(10);
        }

        Assert.True(await IsNewAsync(Rig.Second, Given.OtherToken));
        Assert.True(await IsNewAsync(Rig.Second, Given.Token));
    }

    [NodeFact]
    public async Task Two_at_once_on_two_instances_leave_both_with_new_forms()
    {
        await Rig.CallsOfListAsync(Rig.First);
        await Rig.CallsOfListAsync(Rig.Second);
        Rig.Api.ServeFields(New);
        Assert.All(
            await Task.WhenAll(TableRig.InvalidateAsync(Rig.First), TableRig.InvalidateAsync(Rig.Second)),
            status => Assert.Equal(HttpStatusCode.OK, status)
        );
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
        Assert.True(await IsNewAsync(Rig.Second, Given.Token));
        Rig.Advance(60);
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
        Assert.True(await IsNewAsync(Rig.Second, Given.Token));
    }

    [NodeFact]
    public async Task What_was_fetched_while_the_table_was_in_trouble_is_forgotten_too()
    {
        Rig.Proxy.Fail(FormApiAnswers.Status(503));
        await Rig.CallsOfListAsync(Rig.First);
        Rig.Proxy.Heal();
        Rig.Advance(20);
        await ChangeAndInvalidateAsync(Rig.Second);
        Rig.Advance(50);

        // The first learns of the new generation by another caller's list; then the table is in trouble again.
        Assert.True(await IsNewAsync(Rig.First, Given.OtherToken));
        Rig.Proxy.Fail(FormApiAnswers.Status(503));
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
    }

    [NodeFact]
    public async Task Where_the_table_cannot_be_told_the_instance_forgets_and_says_503()
    {
        await Rig.CallsOfListAsync(Rig.First);
        Rig.Proxy.Fail(FormApiAnswers.Status(503));
        Rig.Api.ServeFields(New);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TableRig.InvalidateAsync(Rig.First));
        Assert.True(await IsNewAsync(Rig.First, Given.Token));
    }

    [NodeFact]
    public async Task Without_the_key_nothing_is_forgotten()
    {
        await Rig.CallsOfListAsync(Rig.First);
        using var response = await Rig.First.Http.DeleteAsync("/cache");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.First));
        Assert.Equal(0, await Rig.CallsOfListAsync(Rig.Second));
    }

    /// <summary>It may show the old form until 60 s after, and not a moment longer.</summary>
    private async Task AssertFollowsAsync(TestApp app)
    {
        await IsNewAsync(app, Given.Token);
        Rig.Advance(59.9);
        await IsNewAsync(app, Given.Token);
        Rig.Advance(0.1);
        Assert.True(await IsNewAsync(app, Given.Token));
    }
}
