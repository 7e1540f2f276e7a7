// The official TypeScript SDK's server: createMcpHandler on node:http, a server of its own per request.
import { createServer } from 'node:http';
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import '../gauge.mjs';
import { port, tools } from '../tools.mjs';

const schemas = new Map(tools.map((tool) => [tool.name, {
  input: fromJsonSchema(tool.inputSchema),
  output: tool.outputSchema && fromJsonSchema(tool.outputSchema),
}]));

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'typescript', version: '1.0.0' });
  for (const { name, title, description, annotations, run } of tools) {
    const { input, output } = schemas.get(name);
    server.registerTool(name, { title, description, annotations, inputSchema: input, outputSchema: output }, (given) => {
      const { text, structured } = run(given);
      return { content: [{ type: 'text', text }], structuredContent: structured };
    });
  }
  return server;
});

createServer(toNodeHandler(handler)).listen(port, '127.0.0.1');
