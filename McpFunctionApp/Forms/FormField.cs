using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>One entry of a form API's <c>fieldList</c>, read but not yet judged.</summary>
/// <param name="Name">What people call the field; never empty.</param>
/// <param name="Key">The form's own key, under which a value is submitted: <c>paramName</c>, else <c>name</c>.</param>
/// <param name="HasParamName">Whether <paramref name="Key"/> came from <c>paramName</c>.</param>
/// <param name="Type">The API's type name, such as <c>DropDownFieldRest</c>; empty where it gave none.</param>
/// <param name="Default">The API's <c>defaultValue</c>, undefined where it gave none.</param>
/// <param name="Min">minLength where greater than 0: characters of a text, or the smallest number.</param>
/// <param name="Max">maxLength where greater than 0: characters of a text, or the largest number.</param>
public sealed record FormField(
    string Name,
    string Key,
    bool HasParamName,
    string Type,
    bool Required,
    string Description,
    ImmutableArray<string> GroupIds,
    bool IsOffered,
    ImmutableArray<FieldOption> Options,
    JsonElement Default,
    double? Min,
    double? Max);

/// <summary>One choice of a field as the API gave it.</summary>
/// <param name="Names">Everything the API calls this choice, so that a default can be found by any of them.</param>
public sealed record FieldOption(string Label, string ValueJson, ImmutableArray<string> Names);

/// <summary>One choice of a parameter.</summary>
/// <param name="Label">What a caller sees and writes; unique within its field.</param>
/// <param name="ValueJson">What the form API is sent, as the JSON text that it gave: <c>13</c> stays a number.</param>
public sealed record FormOption(string Label, string ValueJson);

/// <summary>A field that could not be read: left out, named in the log, and in the tool's description where it is required.</summary>
public sealed record FieldFault(string Name, bool Required, string Problem);
