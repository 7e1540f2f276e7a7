// A call with @modelcontextprotocol/client 2.x whose user is asked. What it is given is a journey as in journey.mjs, with
//   "persons": [{"action": "accept", "content": {...}}, ...]
// for the questions in their order; what it returns also has what was asked: {"revision", "answers", "asked": [params, ...]}.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { requestInit } from './journey.mjs';

export default async function travel(journey) {
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
    answers.push(await client.callTool({ name: step.call, arguments: step.arguments }).then(
      result => ({ result }),
      ({ name, message }) => ({ error: { name, message } }),
    ));
  }

  const revision = client.getNegotiatedProtocolVersion();
  await client.close();
  return { revision, answers, asked };
}
