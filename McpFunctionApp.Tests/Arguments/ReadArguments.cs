using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>Reads arguments as the product does.</summary>
internal static class ReadArguments
{
    /// <summary>An optional parameter of each kind, by which it is named; <c>texts</c> takes any.</summary>
    public static FormSchema AllKinds { get; } =
        Form(
            Optional("text", PropertyKind.Text),
            Optional("number", PropertyKind.Number),
            Optional("integer", PropertyKind.Integer),
            Optional("flag", PropertyKind.Boolean),
            WithOptions("Low=1", "High=3", "3=9")(Optional("choice", PropertyKind.Choice)),
            WithOptions("Audit", "Risk", "[odd]")(Optional("several", PropertyKind.Choices)),
            Optional("texts", PropertyKind.Choices)
        );

    public static ArgumentReading Of(FormSchema schema, JsonElement arguments) =>
        new ArgumentReader(ArgumentReader.UsuallyIgnored).Read(schema, arguments, ArgumentReader.FormMayHaveChanged);

    public static ArgumentReading Of(FormSchema schema, string arguments) => Of(schema, JsonElement.Parse(arguments));

    /// <param name="fields">The entries of a fieldList.</param>
    public static ArgumentReading Of(string fields, string arguments) => Of(MappedForm.Of(fields).Schema, arguments);

    /// <summary>A form of these parameters.</summary>
    public static FormSchema Form(params FormProperty[] properties) => new([.. properties], "");

    /// <summary>A form of one parameter <c>f</c>, optional unless it is made otherwise.</summary>
    public static FormSchema Form(PropertyKind kind, Func<FormProperty, FormProperty>? more = null)
    {
        var property = Optional("f", kind);
        return Form(more?.Invoke(property) ?? property);
    }

    /// <summary>Options with their values as JSON, such as <c>Low=1</c>.</summary>
    public static Func<FormProperty, FormProperty> WithOptions(params string[] options) =>
        property =>
            property with
            {
                Options =
                [
                    .. options
                        .Select(option => option.Split('='))
                        .Select(parts => new FormOption(
                            parts[0],
                            parts.Length > 1 ? parts[1] : JsonSerializer.Serialize(parts[0])
                        )),
                ],
                ListsOptions = true,
            };

    /// <summary>A form that somebody has filled in with these values, whatever they are.</summary>
    public static FilledForm Filled(JsonElement values) =>
        new(
            Form(),
            [
                .. values
                    .EnumerateObject()
                    .Select(value => new FilledValue(FormProperty.Plain(value.Name, PropertyKind.Text, ""), value.Value, [])),
            ]
        );

    /// <summary>The values by parameter, as a receipt shows them; there must be no problem.</summary>
    public static string Data(FormSchema schema, string arguments)
    {
        var (filled, problems) = Of(schema, arguments);
        Assert.True(problems.Count == 0, string.Join(" | ", problems.Told));
        return filled.ToJson().GetRawText();
    }

    /// <summary>What is wrong, a line each.</summary>
    public static string[] Problems(FormSchema schema, string arguments) =>
        [.. Of(schema, arguments).Problems.Told.Select(problem => problem.ToString())];

    private static FormProperty Optional(string name, PropertyKind kind) =>
        FormProperty.Plain(name, kind, "A field.") with
        {
            Required = false,
        };
}
