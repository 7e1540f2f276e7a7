// Makes one journey after another, so that the clients are loaded once: a line on stdin is
// {"script": "sdk1.mjs", "journey": {...}}, the line on stdout that answers it {"result": ...}, or
// {"failure": "what was thrown"}. Ends when stdin does.
import { Console } from 'node:console';
import { createInterface } from 'node:readline';

// What a client prints is no answer, and what it leaves behind unhandled is no failure of the next journey.
globalThis.console = new Console(process.stderr);
process.on('unhandledRejection', error => console.error(error));

for await (const line of createInterface({ input: process.stdin })) {
  const { script, journey } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await answer(script, journey))}\n`);
}

process.exit(0);

async function answer(script, journey) {
  try {
    const { default: run } = await import(`./${script}`);
    return { result: await run(journey) };
  } catch (error) {
    return { failure: `${error?.stack ?? error}` };
  }
}
