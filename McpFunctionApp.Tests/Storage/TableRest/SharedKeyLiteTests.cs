using McpFunctionApp.Storage.TableRest;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Storage.TableRest;

/// <summary>The expected signatures were computed with another HMAC implementation (Python's).</summary>
public sealed class SharedKeyLiteTests
{
    private const string Date = "Tue, 28 Jul 2026 12:00:00 GMT";

    [Fact]
    public void The_emulators_account_is_signed_twice_as_name_and_as_path() => Assert.Equal(
        "SharedKeyLite devstoreaccount1:ZZKa4xLauRQyZ00+RjO47g3SEqlPGtSoD77A+H/+h3Q=",
        SharedKeyLite.Authorization("devstoreaccount1", Convert.FromBase64String(AzuriteServer.Key), Date, "/devstoreaccount1/Tables"));

    [Fact]
    public void The_path_is_signed_as_it_is_sent() => Assert.Equal(
        "SharedKeyLite myaccount:Dua5Q2ecSYL48GrJ8YIXYkE4bKrT8/QTKTZReA7SQhE=",
        SharedKeyLite.Authorization("myaccount", "key"u8, Date, "/requests(PartitionKey='a%27%27b',RowKey='%C3%A4')"));
}
