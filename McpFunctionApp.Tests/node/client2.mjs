// A journey with @modelcontextprotocol/client 2.x: the handshake, or revision 2026-07-28 and nothing else.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { requestInit, run } from './journey.mjs';

export default function travel(journey) {
  const mode = journey.era === 'handshake' ? 'legacy' : { pin: journey.era };
  const client = new Client({ name: 'journey-client2', version: '1.0.0' }, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(new URL(journey.endpoint), { requestInit: requestInit(journey) });
  return run(journey, client, transport, {
    // This client keeps a list for its ttlMs; a journey asks the server each time.
    list: () => client.listTools(undefined, { cacheMode: 'refresh' }),
    revision: () => client.getNegotiatedProtocolVersion(),
  });
}
