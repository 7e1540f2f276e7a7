namespace McpFunctionApp.Tests.Search;

/// <summary>What is found by the default settings, on documents that are really searched.</summary>
public sealed class SearchFoundTests(SearchFoundTests.Sample sample) : IClassFixture<SearchFoundTests.Sample>
{
    [Theory]
    [InlineData("jane doe", "Jane Doe")]
    [InlineData("JANE", "Jane Doe")]
    [InlineData("Jnae Doe", "Jane Doe")]
    [InlineData("jonathn", "Jonathan Smith")]
    [InlineData("garza", "Marius Garza")]
    [InlineData("Mueller", "Jürgen Müller")]
    [InlineData("lefevre", "Chloé Lefèvre")]
    [InlineData("usr-09", "Priya Patel")]
    [InlineData("ppatel", "Priya Patel")]
    [InlineData("paul.petrov@example.com", "Paul Petrov")]
    [InlineData("5550106", "Smith Johnson")]
    public async Task People_are_found_by_name_with_slips_and_by_id_and_contact_exactly(string query, string best)
    {
        Assert.Equal(best, (await sample.Search.FindAsync(query)).Names[0]);
    }

    [Theory]
    [InlineData("jmuelller")]
    [InlineData("usr-99")]
    [InlineData("pual.petrov@example.com")]
    [InlineData("xyzzy")]
    [InlineData("J")]
    public async Task An_exact_field_forgives_no_slip_and_nothing_like_it_is_no_hit(string query)
    {
        var found = await sample.Search.FindAsync(query);
        Assert.Equal(0, found.Total);
        Assert.StartsWith("No user matches.", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("impact", "critical", "Critical")]
    [InlineData("urgency", "urgent", "Urgent")]
    [InlineData("priority", "hihg", "High")]
    [InlineData("status", "on hold", "On hold")]
    [InlineData("category", "laptops", "Laptop")]
    [InlineData("source", "emial", "Email")]
    [InlineData("location", "ringstrasse", "Vienna Office")]
    [InlineData("department", "human resource", "Human Resources")]
    [InlineData("usergroup", "approvers", "Approvers")]
    [InlineData("vendor", "toner", "Contoso Printing")]
    public async Task Every_default_type_finds_something(string type, string query, string best)
    {
        Assert.Equal(best, (await sample.Search.FindAsync(query, type)).Names[0]);
    }

    /// <summary>One app for all of them: a search leaves nothing behind.</summary>
    public sealed class Sample : IAsyncLifetime
    {
        internal SampleSearch Search { get; private set; } = null!;

        public async Task InitializeAsync() => Search = await SampleSearch.StartAsync();

        public async Task DisposeAsync() => await Search.DisposeAsync();
    }
}
