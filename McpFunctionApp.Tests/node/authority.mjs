// A whole sign-in at a real authority, then a journey: what it is given is
//   {"endpoint": "http://...", "client": "sdk1" | "client2", "era": "handshake" | "2026-07-28",
//    "callback": "http://...", "steps": [...]}
// with the steps of journey.mjs, and what it returns is what journey.mjs returns.
import * as sdk1 from '@modelcontextprotocol/sdk/client/index.js';
import * as sdk1Http from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as client2 from '@modelcontextprotocol/client';
import { run } from './journey.mjs';

export default async function travel(journey) {
  const user = new User(journey.callback);
  const create = () => createClient(journey, user.authProvider);

  // The first try ends at the authority's page, where the user of this journey agrees at once.
  const first = await signIn(create, user, journey);
  const [client, transport] = create();
  const came = await run(journey, client, transport, {
    list: () => isFirst(journey) ? client.listTools() : client.listTools(undefined, { cacheMode: 'refresh' }),
    revision: () => isFirst(journey) ? transport.protocolVersion : client.getNegotiatedProtocolVersion(),
  });
  await first.close();
  return came;
}

/** The user of a client that is registered already, and keeps what it gets in memory. */
class User {
  authorizationUrl = null;
  #tokens;
  #verifier = '';

  constructor(callback) {
    this.authProvider = {
      redirectUrl: callback,
      clientMetadata: { client_name: 'journey', redirect_uris: [callback], token_endpoint_auth_method: 'none' },
      clientInformation: () => ({ client_id: 'journey' }),
      tokens: () => this.#tokens,
      saveTokens: given => { this.#tokens = given; },
      saveCodeVerifier: value => { this.#verifier = value; },
      codeVerifier: () => this.#verifier,
      redirectToAuthorization: address => { this.authorizationUrl = address; },
    };
  }
}

function isFirst(journey) {
  return journey.client === 'sdk1';
}

function createClient(journey, authProvider) {
  const url = new URL(journey.endpoint);
  const mode = journey.era === 'handshake' ? 'legacy' : { pin: journey.era };
  return isFirst(journey)
    ? [new sdk1.Client({ name: 'journey', version: '1.0.0' }), new sdk1Http.StreamableHTTPClientTransport(url, { authProvider })]
    : [
      new client2.Client({ name: 'journey', version: '1.0.0' }, { versionNegotiation: { mode } }),
      new client2.StreamableHTTPClientTransport(url, { authProvider }),
    ];
}

async function signIn(create, user, journey) {
  const [before, transportBefore] = create();
  try {
    await before.connect(transportBefore);
    throw new Error('nobody was asked to sign in');
  } catch (error) {
    if (!user.authorizationUrl) {
      throw error;
    }
  }

  const page = await fetch(user.authorizationUrl, { redirect: 'manual' });
  const answer = new URL(page.headers.get('location')).searchParams;
  await (isFirst(journey) ? transportBefore.finishAuth(answer.get('code')) : transportBefore.finishAuth(answer));
  return before;
}
