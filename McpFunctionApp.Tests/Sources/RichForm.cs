namespace McpFunctionApp.Tests.Sources;

/// <summary>A form with something of everything that a stored form must bring back.</summary>
internal static class RichForm
{
    public static string Fields { get; } =
        $$"""
            {"name":"Betreff \u00e4\u00f6\u00fc \ud83d\ude00","paramName":"the subject","type":"TextFieldRest","required":true,
            "minLength":2,"maxLength":80,"defaultValue":"A \"quoted\" <b>default</b>"},
            {"name":"Count","paramName":"count","type":"NumberFieldRest","minLength":1,"maxLength":9,"defaultValue":3},
            {"name":"Priority","paramName":"priority","type":"DropDownFieldRest","required":true,"defaultValue":13,
            "options":[{"label":"Low","id":1},{"label":"Low","id":2},{"label":"High","value":13},"plain",7.5,{"name":"true",
            "value":true}]},
            {"name":"Tags","paramName":"tags","type":"MultiSelectDropDownFieldRest","options":["a","b",{"label":"\u00e7",
            "id":"c-id"}],"defaultValue":["a","b"]},
            {"name":"Device","paramName":"device","type":"DropDownFieldRest","options":[{{Devices}}]},
            {"name":"Subject again","paramName":"the-subject","type":"TextFieldRest"}
            """;

    private static string Devices =>
        string.Join(',', Enumerable.Range(0, 300).Select(i => $$"""{"label":"Device {{i}}","id":{{i}}}"""));

    public const string Call =
        """{"the_subject":"Printer \u00e4","count":2,"priority":"High","tags":["b","\u00e7"],"device":"Device 299"}""";

    public const string WrongCall =
        """{"the_subject":"P","count":20,"priority":"high","tags":["z"],"device":"Device 300","more":1}""";

    public const string Submitted =
        """{"the subject":"Printer \u00E4","count":2,"priority":13,"tags":["b","c-id"],"device":299}""";
}
