// One list and one call with a client that people use. The arguments are the client's name and the journey as JSON:
//   {"endpoint": "http://...", "token": "...", "tool": "create_request", "arguments": {...}}
// and the one line on stdout is what the client's user gets: {"fields": ["subject", ...], "answer": "the result's text"}.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const [name, json] = process.argv.slice(2);
const { endpoint, token, tool, arguments: values } = JSON.parse(json);
const headers = { Authorization: `Bearer ${token}` };
const textOf = result => result.content[0].text;
const program = path => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));

const clients = {
  '@langchain/mcp-adapters': async () => {
    const { MultiServerMCPClient } = await import('@langchain/mcp-adapters');
    const client = new MultiServerMCPClient({ mcpServers: { forms: { transport: 'http', url: endpoint, headers } } });
    const listed = (await client.getTools()).find(t => t.name === tool);
    const answer = await listed.invoke(values);
    await client.close();
    return { fields: Object.keys(listed.schema.properties), answer: JSON.stringify(answer.structuredContent) };
  },
  '@ai-sdk/mcp': async () => {
    const { experimental_createMCPClient: createClient } = await import('@ai-sdk/mcp');
    const client = await createClient({ transport: { type: 'http', url: endpoint, headers } });
    const listed = (await client.tools())[tool];
    const answer = await listed.execute(values, { toolCallId: '1', messages: [] });
    await client.close();
    return { fields: Object.keys((await listed.inputSchema.jsonSchema).properties), answer: textOf(answer) };
  },
  '@openai/agents': async () => {
    const { MCPServerStreamableHttp } = await import('@openai/agents');
    const server = new MCPServerStreamableHttp({ url: endpoint, name: 'forms', requestInit: { headers } });
    await server.connect();
    const listed = (await server.listTools()).find(t => t.name === tool);
    const [answer] = await server.callTool(tool, values);
    await server.close();
    return { fields: Object.keys(listed.inputSchema.properties), answer: answer.text };
  },
  '@google/genai': async () => {
    const { mcpToTool } = await import('@google/genai');
    const client = await sdkClient(await httpTransport());
    const callable = mcpToTool(client);
    const listed = (await callable.tool()).functionDeclarations.find(f => f.name === tool);
    const [part] = await callable.callTool([{ name: tool, args: values }]);
    await client.close();
    return { fields: Object.keys(listed.parametersJsonSchema.properties), answer: textOf(part.functionResponse.response) };
  },
  'mcp-remote': async () => {
    const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
    const folder = await mkdtemp(join(tmpdir(), 'mcp-remote-'));
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [
        program('mcp-remote/dist/proxy.js'), endpoint, '--transport', 'http-only', '--allow-http',
        '--header', `Authorization: ${headers.Authorization}`,
      ],
      env: { ...process.env, MCP_REMOTE_CONFIG_DIR: folder },
      stderr: 'ignore',
    });
    const client = await sdkClient(transport);
    const listed = (await client.listTools()).tools.find(t => t.name === tool);
    const answer = await client.callTool({ name: tool, arguments: values });
    await client.close();
    await rm(folder, { recursive: true });
    return { fields: Object.keys(listed.inputSchema.properties), answer: textOf(answer) };
  },
  '@modelcontextprotocol/inspector': async () => {
    const listed = (await inspect('tools/list')).tools.find(t => t.name === tool);
    const pairs = Object.entries(values).map(([key, value]) => `${key}=${value}`);
    const answer = await inspect('tools/call', '--tool-name', tool, '--tool-arg', ...pairs);
    return { fields: Object.keys(listed.inputSchema.properties), answer: textOf(answer) };
  },
};

async function httpTransport() {
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
  return new StreamableHTTPClientTransport(new URL(endpoint), { requestInit: { headers } });
}

async function sdkClient(transport) {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const client = new Client({ name: 'journey', version: '1.0.0' });
  await client.connect(transport);
  return client;
}

async function inspect(method, ...more) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    program('@modelcontextprotocol/inspector/clients/launcher/build/index.js'),
    '--cli', endpoint, '--transport', 'http', '--header', `Authorization: ${headers.Authorization}`, '--method', method, ...more,
  ]);
  return JSON.parse(stdout);
}

console.log(JSON.stringify(await clients[name]()));
process.exit(0);
