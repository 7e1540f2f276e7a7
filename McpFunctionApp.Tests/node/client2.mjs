// A journey with @modelcontextprotocol/client 2.x: the handshake, or revision 2026-07-28 and nothing else.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { readJourney, requestInit, run } from './journey.mjs';

const journey = readJourney();
const mode = journey.era === 'handshake' ? 'legacy' : { pin: journey.era };
const client = new Client({ name: 'journey-client2', version: '1.0.0' }, { versionNegotiation: { mode } });
const transport = new StreamableHTTPClientTransport(new URL(journey.endpoint), { requestInit: requestInit(journey) });
await run(journey, client, transport, {
  // This client keeps a list for its ttlMs; a journey asks the server each time.
  list: () => client.listTools(undefined, { cacheMode: 'refresh' }),
  revision: () => client.getNegotiatedProtocolVersion(),
});
