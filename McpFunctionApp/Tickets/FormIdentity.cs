using McpFunctionApp.Forms;

namespace McpFunctionApp.Tickets;

/// <summary>By what a form is known again in a later round, on any instance.</summary>
internal static class FormIdentity
{
    public static string Of(FormSchema schema) => $"{schema.Digest.High:N}{schema.Digest.Low:N}";
}
