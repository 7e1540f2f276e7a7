// A journey with the client of @modelcontextprotocol/sdk 1.x, which speaks the handshake revisions.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { requestInit, run } from './journey.mjs';

export default function travel(journey) {
  const client = new Client({ name: 'journey-sdk1', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(journey.endpoint), { requestInit: requestInit(journey) });
  return run(journey, client, transport, {
    list: () => client.listTools(),
    revision: () => transport.protocolVersion,
  });
}
