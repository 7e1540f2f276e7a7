// The tools that the product lists, and what they do. Arguments: port, file with the tools.
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

export const port = Number(process.argv[2]);

const run = {
  add: ({ a, b }) => ({ text: String(a + b), structured: { result: a + b } }),
  multiply: ({ a, b }) => ({ text: String(a * b), structured: { result: a * b } }),
  echo: ({ message }) => ({ text: `Echo: ${message}`, structured: { message: `Echo: ${message}` } }),
  create_request: (data) => {
    const receipt = { id: randomUUID(), timestamp: new Date().toISOString(), status: 'pending', data };
    return { text: JSON.stringify(receipt), structured: receipt };
  },
};

export const tools = JSON.parse(readFileSync(process.argv[3], 'utf8')).map((tool) => ({ ...tool, run: run[tool.name] }));
