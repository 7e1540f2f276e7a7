using McpFunctionApp.FormApi;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Tests.Settings;

public sealed class AskSettingsTests
{
    [Fact]
    public void Without_settings_a_person_is_asked_for_what_is_missing_and_there_are_drafts()
    {
        var (form, reader) = Read();
        Assert.Equal(AskMode.Missing, form.Ask);
        Assert.Equal("draft_create_request", form.DraftTool);
        Assert.Empty(reader.Oddities);
    }

    [Theory]
    [InlineData("Missing", AskMode.Missing)]
    [InlineData("confirm", AskMode.Confirm)]
    [InlineData("NEVER", AskMode.Never)]
    public void The_mode_is_a_word_in_any_case(string word, AskMode mode) =>
        Assert.Equal(mode, Read(("Forms:0:Ask", word)).Form.Ask);

    [Theory]
    [InlineData("Always")]
    [InlineData("1")]
    [InlineData("+1")]
    public void Another_word_is_a_fault(string word) =>
        Assert.Contains("must be Missing, Confirm or Never", Fault(("Forms:0:Ask", word)), StringComparison.Ordinal);

    [Fact]
    public void Drafts_can_be_turned_off() => Assert.Null(Read(("Forms:0:Draft", "false")).Form.DraftTool);

    [Fact]
    public void A_long_name_has_no_draft_which_is_said_in_one_line()
    {
        Assert.Equal(40, Read(("Forms:0:Tool", new string('t', 34))).Form.DraftTool!.Length);
        var (form, reader) = Read(("Forms:0:Tool", new string('t', 35)));
        Assert.Null(form.DraftTool);
        Assert.Contains("Forms:0:Tool has more than 34 characters", Assert.Single(reader.Oddities), StringComparison.Ordinal);
        Assert.Empty(Read(("Forms:0:Tool", new string('t', 35)), ("Forms:0:Draft", "false")).Reader.Oddities);
    }

    [Theory]
    [InlineData("draft_request")]
    [InlineData("Draft_x")]
    [InlineData("find_options")]
    [InlineData("FIND_OPTIONS")]
    public void Names_of_built_in_tools_are_a_fault(string tool) =>
        Assert.Contains("choose another", Fault(("Forms:0:Tool", tool)), StringComparison.Ordinal);

    private static string Fault(params (string, string?)[] settings) =>
        Assert.Single(Assert.Throws<SettingsException>(() => Read(settings)).Faults);

    private static (FormOptions Form, SettingsReader Reader) Read(params (string, string?)[] settings)
    {
        var reader = Configured.Reader([("Forms:0:Url", "https://forms.example/form"), .. settings]);
        var forms = FormOptions.ReadAll(reader);
        reader.ThrowIfFaulty();
        return (Assert.Single(forms), reader);
    }
}
