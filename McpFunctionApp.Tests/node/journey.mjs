// What both scripts share: the one argument is the journey as JSON, the one line on stdout is what came of it.
//   {"endpoint": "http://...", "authorization": "Bearer ..." or absent, "era": "handshake" | "2026-07-28",
//    "steps": [{"list": true}, {"call": "add", "arguments": {"a": 1, "b": 2}}]}
// becomes
//   {"revision": "...", "answers": [{"result": {...}}, {"error": {"name": "...", "message": "..."}}]}
// or, where the client could not connect, {"error": {...}}.

export function readJourney() {
  return JSON.parse(process.argv[2]);
}

export function requestInit({ authorization }) {
  return { headers: authorization ? { Authorization: authorization } : {} };
}

/** Connects, takes the steps in their order, and prints the outcome as the user of the client sees it. */
export async function run(journey, client, transport, { list, revision }) {
  console.log(JSON.stringify(await travel(journey, client, transport, list, revision)));
  await client.close();
}

async function travel(journey, client, transport, list, revision) {
  const connected = await outcome(() => client.connect(transport));
  if (connected.error) {
    return connected;
  }

  const answers = [];
  for (const step of journey.steps) {
    answers.push(await outcome(() => step.call ? client.callTool({ name: step.call, arguments: step.arguments }) : list()));
  }

  return { revision: revision(), answers };
}

async function outcome(act) {
  try {
    return { result: await act() };
  } catch (error) {
    return { error: { name: error.name, message: error.message, code: error.code, data: error.data } };
  }
}
