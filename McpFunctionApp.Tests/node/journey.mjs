// What the scripts share: what they are given is a journey, what they return is what came of it.
//   {"endpoint": "http://...", "authorization": "Bearer ..." or absent, "era": "handshake" | "2026-07-28",
//    "steps": [{"list": true}, {"call": "add", "arguments": {"a": 1, "b": 2}}]}
// becomes
//   {"revision": "...", "answers": [{"result": {...}}, {"error": {"name": "...", "message": "..."}}]}
// or, where the client could not connect, {"error": {...}}.

export function requestInit({ authorization }) {
  return { headers: authorization ? { Authorization: authorization } : {} };
}

/** Connects, takes the steps in their order, and returns the outcome as the user of the client sees it. */
export async function run(journey, client, transport, { list, revision }) {
  const came = await travel(journey, client, transport, list, revision);
  await client.close();
  return came;
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
