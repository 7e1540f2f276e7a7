# The server of its own, on Kestrel: docs/container.md. Not `dotnet publish -t:PublishContainer`: the Functions SDK takes
# that target over and makes an image of the Functions host.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish McpFunctionApp -c Release -a $TARGETARCH -o /app

# No shell, no package manager, and a user of its own (1654).
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
ENV Logging__Console__FormatterName=json
# Says to the MCP registry that server.json speaks of this image.
LABEL io.modelcontextprotocol.server.name="io.github.mcp-function-app/mcp-function-app"
EXPOSE 8080
USER $APP_UID
ENTRYPOINT ["dotnet", "McpFunctionApp.dll"]
