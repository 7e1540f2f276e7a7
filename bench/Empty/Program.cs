using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

// What ASP.NET Core costs by itself: the builder that the product uses, and one route that answers one fixed list.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
await using var app = builder.Build();
app.Map(
    "/mcp",
    context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"result":{"tools":[]},"id":1,"jsonrpc":"2.0"}""");
    }
);
await app.RunAsync();
