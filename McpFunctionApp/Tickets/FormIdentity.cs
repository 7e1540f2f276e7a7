using System.Globalization;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Tickets;

/// <summary>By what a form is known again in a later round, on any instance.</summary>
internal static class FormIdentity
{
    public static string Of(FormSchema schema) =>
        string.Create(CultureInfo.InvariantCulture, $"{schema.Digest.High:x32}{schema.Digest.Low:x32}");
}
