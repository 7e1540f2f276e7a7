// fastmcp, stateless, and silent as the other servers are.
import { FastMCP, jsonSchemaAdapter } from 'fastmcp';
import '../gauge.mjs';
import { port, tools } from '../tools.mjs';

const nothing = () => {};
const logger = { debug: nothing, error: nothing, info: nothing, log: nothing, warn: nothing };
const server = new FastMCP({ name: 'fastmcp', version: '1.0.0', logger });
for (const { name, title, description, annotations, inputSchema, outputSchema, run } of tools) {
  server.addTool({
    name,
    description,
    annotations: { ...annotations, title },
    parameters: jsonSchemaAdapter(inputSchema),
    ...(outputSchema && { outputSchema: jsonSchemaAdapter(outputSchema) }),
    execute: async (given) => {
      const { text, structured } = run(given);
      return { content: [{ type: 'text', text }], structuredContent: structured };
    },
  });
}

await server.start({ transportType: 'httpStream', httpStream: { port, host: '127.0.0.1', endpoint: '/mcp', stateless: true } });
