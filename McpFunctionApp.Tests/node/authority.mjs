// A whole sign-in at a real authority, then a journey: the argument is
//   {"endpoint": "http://...", "client": "sdk1" | "client2", "era": "handshake" | "2026-07-28", "callback": "http://...", "steps": [...]}
// with the steps of journey.mjs, and what is printed is what journey.mjs prints.
import * as sdk1 from '@modelcontextprotocol/sdk/client/index.js';
import * as sdk1Http from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as client2 from '@modelcontextprotocol/client';
import { readJourney, run } from './journey.mjs';

const journey = readJourney();
const url = new URL(journey.endpoint);
let authorizationUrl = null;
let tokens;
let verifier = '';

/** A client that is registered already, and keeps what it gets in memory. */
const authProvider = {
  redirectUrl: journey.callback,
  clientMetadata: { client_name: 'journey', redirect_uris: [journey.callback], token_endpoint_auth_method: 'none' },
  clientInformation: () => ({ client_id: 'journey' }),
  tokens: () => tokens,
  saveTokens: given => { tokens = given; },
  saveCodeVerifier: value => { verifier = value; },
  codeVerifier: () => verifier,
  redirectToAuthorization: address => { authorizationUrl = address; },
};

const isFirst = journey.client === 'sdk1';
const mode = journey.era === 'handshake' ? 'legacy' : { pin: journey.era };
const create = () => isFirst
  ? [new sdk1.Client({ name: 'journey', version: '1.0.0' }), new sdk1Http.StreamableHTTPClientTransport(url, { authProvider })]
  : [new client2.Client({ name: 'journey', version: '1.0.0' }, { versionNegotiation: { mode } }), new client2.StreamableHTTPClientTransport(url, { authProvider })];

// The first try ends at the authority's page, where the user of this journey agrees at once.
const [, first] = await signIn();
const [client, transport] = create();
await run(journey, client, transport, {
  list: () => isFirst ? client.listTools() : client.listTools(undefined, { cacheMode: 'refresh' }),
  revision: () => isFirst ? transport.protocolVersion : client.getNegotiatedProtocolVersion(),
});
await first.close();

async function signIn() {
  const [before, transportBefore] = create();
  try {
    await before.connect(transportBefore);
    throw new Error('nobody was asked to sign in');
  } catch (error) {
    if (!authorizationUrl) {
      throw error;
    }
  }

  const page = await fetch(authorizationUrl, { redirect: 'manual' });
  const answer = new URL(page.headers.get('location')).searchParams;
  await (isFirst ? transportBefore.finishAuth(answer.get('code')) : transportBefore.finishAuth(answer));
  return [before, transportBefore];
}
