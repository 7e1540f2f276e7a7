// Signing in as far as the authorization server's address: what it is given is
//   {"endpoint": "http://...", "client": "sdk1" | "client2", "era": "handshake" | "2026-07-28", "token": "..." or absent}
// and what it returns is {"authorizationUrl": "..." or null, "failure": "the error that the client's user sees" or null}.
import * as sdk1 from '@modelcontextprotocol/sdk/client/index.js';
import * as sdk1Http from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as client2 from '@modelcontextprotocol/client';

export default async function signIn(journey) {
  let authorizationUrl = null;
  let verifier = '';

  /** A client that is registered already, whose user goes no further than the address that they are sent to. */
  const authProvider = {
    redirectUrl: 'http://127.0.0.1:1/callback',
    clientMetadata: { client_name: 'journey', redirect_uris: ['http://127.0.0.1:1/callback'] },
    clientInformation: () => ({ client_id: 'journey' }),
    tokens: () => journey.token ? { access_token: journey.token, token_type: 'Bearer' } : undefined,
    saveTokens: () => {},
    saveCodeVerifier: value => { verifier = value; },
    codeVerifier: () => verifier,
    redirectToAuthorization: url => { authorizationUrl = url.toString(); },
  };

  const [client, transport] = createClient(journey, authProvider);
  const failure = await client.connect(transport).then(() => client.listTools())
    .then(() => null, error => `${error.name}: ${error.message}`);
  await client.close();
  return { authorizationUrl, failure };
}

function createClient(journey, authProvider) {
  const url = new URL(journey.endpoint);
  const mode = journey.era === 'handshake' ? 'legacy' : { pin: journey.era };
  return journey.client === 'sdk1'
    ? [new sdk1.Client({ name: 'journey', version: '1.0.0' }), new sdk1Http.StreamableHTTPClientTransport(url, { authProvider })]
    : [
      new client2.Client({ name: 'journey', version: '1.0.0' }, { versionNegotiation: { mode } }),
      new client2.StreamableHTTPClientTransport(url, { authProvider }),
    ];
}
