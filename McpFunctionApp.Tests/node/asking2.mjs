// A call with @modelcontextprotocol/client 2.x whose user is asked. The argument is a journey as in journey.mjs, with
//   "persons": [{"action": "accept", "content": {...}}, ...]
// for the questions in their order; the line on stdout also has what was asked: {"revision", "answers", "asked": [params, ...]}.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { readJourney, requestInit } from './journey.mjs';

const journey = readJourney();
const client = new Client(
  { name: 'journey-asking2', version: '1.0.0' },
  { versionNegotiation: { mode: { pin: journey.era } }, capabilities: { elicitation: { form: {} } } },
);
const asked = [];
client.setRequestHandler('elicitation/create', async ({ params }) => {
  asked.push(params);
  return journey.persons.shift() ?? { action: 'cancel' };
});
await client.connect(new StreamableHTTPClientTransport(new URL(journey.endpoint), { requestInit: requestInit(journey) }));
const answers = [];
for (const step of journey.steps) {
  answers.push(await client.callTool({ name: step.call, arguments: step.arguments }).then(result => ({ result }), error => ({ error: { name: error.name, message: error.message } })));
}

console.log(JSON.stringify({ revision: client.getNegotiatedProtocolVersion(), answers, asked }));
await client.close();
