using Json.Schema;
using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Docs;

/// <summary>
/// What is told of the settings is what a start reads. After a change run these tests once with <c>UPDATE_GOLDEN=1</c>, which
/// writes both files, and read the difference before committing it.
/// </summary>
public sealed class SettingsDocumentTests
{
    private const string SchemaFile = "McpFunctionApp/appsettings.schema.json";

    [Fact]
    public void The_page_is_written_from_the_descriptions_in_the_code() =>
        AssertWritten("docs/settings.md", SettingsPage.Write(DescribedSetting.All));

    [Fact]
    public void The_schema_for_editors_is_written_from_the_same_descriptions() =>
        AssertWritten(SchemaFile, SettingsSchema.Write(DescribedSetting.All));

    [Fact]
    public void Every_setting_that_a_start_reads_is_described()
    {
        using var app = KestrelApp.Build(["--Forms:0:Url", "https://forms.example/form", "--urls", "http://127.0.0.1:0"]);
        var read = app.Services.GetRequiredService<SettingsReader>().Names.Concat(Asked().Names).Distinct();
        Assert.All(read, name => Assert.Contains(DescribedSetting.All, setting => IsAt(setting, name)));
    }

    [Fact]
    public void Every_setting_that_is_described_is_read_by_a_start_or_is_the_frameworks()
    {
        var read = Asked().Names;
        var own = DescribedSetting.All.Where(setting => !SettingNames.IsOfOthers(setting.Path[0])).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, setting => Assert.Contains(WithoutEntry(setting.Name), read));
    }

    [Fact]
    public void Every_description_says_what_holds_where_nothing_is_set() =>
        Assert.Empty(
            DescribedSetting
                .All.Where(setting => setting.ReaderDefault is null && setting.Description.Default is null)
                .Select(setting => setting.Name)
        );

    [Fact]
    public void No_setting_is_described_twice() =>
        Assert.Equal(DescribedSetting.All.Count, DescribedSetting.All.DistinctBy(setting => setting.Name).Count());

    [Theory]
    [InlineData("""{"Forms":[{"Url":"https://forms.example/form","TimeoutSeconds":20}],"Callers":{"Scopes":"a b"}}""", true)]
    [InlineData("""{"Callers":{"Scopes":["a","b"],"Mode":"Challenge"},"TableStorage":"AccountName=a","Other":1}""", true)]
    [InlineData("""{"TableStorage":{"tableServiceUri":"https://a.table.core.windows.net"},"Logging":{"EventSource":{}}}""", true)]
    [InlineData("""{"Elasticsearch":{"Entities":{"asset":{"Limit":5,"Fields":{"name":{"Boost":2.5}}}}}}""", true)]
    [InlineData("""{"Forms":[{"Ulr":"https://forms.example/form"}]}""", false)]
    [InlineData("""{"Forms":[{"TimeoutSeconds":121}]}""", false)]
    [InlineData("""{"Callers":{"Mode":"Closed"}}""", false)]
    [InlineData("""{"Elasticsearch":{"Entities":{"asset":{"Limits":5}}}}""", false)]
    public void An_editor_takes_what_a_start_takes_and_marks_a_slip(string settings, bool isRight) =>
        Assert.Equal(isRight, IsRight(settings));

    [Fact]
    public void The_settings_file_names_its_schema_and_is_as_that_says()
    {
        var file = Repository.Read("McpFunctionApp/appsettings.json");
        Assert.Equal("./appsettings.schema.json", JsonElement.Parse(file).GetProperty("$schema").GetString());
        Assert.True(IsRight(file));
        Assert.Empty(SettingsStart.Of(("Forms:0:Url", "https://forms.example/form"), ("$schema", "./a.schema.json")).Faults);
    }

    private static SettingsStart Asked() =>
        SettingsStart.Of([.. DescribedSetting.All.Select(setting => (DescribedSetting.Example(setting.Name), "?"))]);

    /// <summary>Whether a name that was asked for is the setting, or leads to it.</summary>
    private static bool IsAt(DescribedSetting setting, string name)
    {
        var parts = name.Split(':');
        return parts.Length <= setting.Path.Length
            && parts
                .Zip(
                    setting.Path,
                    (part, described) => described[0] == '{' || part.Equals(described, StringComparison.OrdinalIgnoreCase)
                )
                .All(isSame => isSame);
    }

    /// <summary>A list, and a section of any names, is asked for by its own name.</summary>
    private static string WithoutEntry(string name) =>
        name.EndsWith(":0", StringComparison.Ordinal) || name.EndsWith('}')
            ? DescribedSetting.Example(name[..name.LastIndexOf(':')])
            : DescribedSetting.Example(name);

    private static bool IsRight(string settings) =>
        JsonSchema.FromText(SettingsSchema.Write(DescribedSetting.All)).Evaluate(JsonElement.Parse(settings)).IsValid;

    private static void AssertWritten(string path, string text)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{path} is missing: run this test with UPDATE_GOLDEN=1 to write it.");
        Assert.Equal(text, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }
}
