// A chat that shows MCP Apps, built on the bridge of the official package. Tools are called on the server that is tested,
// with a token that the view never sees. Its oddities are those of hosts that people use. The tests make one script of it
// and its packages.
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

const META = ['_meta'];

async function rpc({ endpoint, token }, method, params) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', 'MCP-Protocol-Version': '2025-11-25',
      Authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const message = await answer.json();
  if (message.error) throw new Error(message.error.message);
  return message.result;
}

const without = (value, names) => Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

function drawTurns(said) {
  const turn = document.createElement('p');
  turn.className = 'turn person';
  turn.textContent = said;
  document.getElementById('chat').append(turn);
}

/** The outer frame, of another origin: it holds the view's own, and passes messages on. */
async function openSandbox(sandbox) {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
  frame.title = 'Form';
  const isReady = new Promise(resolve => addEventListener('message', function listen({ source, data }) {
    if (source !== frame.contentWindow || data?.method !== 'ui/notifications/sandbox-proxy-ready') return;
    removeEventListener('message', listen);
    resolve();
  }));
  frame.src = sandbox;
  document.getElementById('chat').append(frame);
  await isReady;
  return frame;
}

/** As the chat was before anything was opened in it. */
window.empty = () => {
  document.getElementById('chat').replaceChildren();
  document.body.className = '';
  window.asked = [];
  window.failing = null;
  window.losing = null;
  window.answers = [];
};

/**
 * Opens the view of a draft in the chat. `server`: {endpoint, token}; `draft`: {name, arguments}; `odd`: noToolInfo, early,
 * noContext, dropsMeta, loses; `result` in the place of the server's own. What the view asked for is in `window.asked`.
 */
window.openView = async ({ server, draft, sandbox, theme = 'light', locale = 'en-US', said, odd = {}, result, resource }) => {
  if (theme === 'dark') document.body.className = 'dark';
  if (said) drawTurns(said);
  const html = resource ?? (await rpc(server, 'resources/read', { uri: 'ui://mcp-function-app/form' })).contents[0].text;
  const drafted = result ?? await rpc(server, 'tools/call', draft);
  const frame = await openSandbox(sandbox);
  const capabilities = {
    openLinks: {}, serverTools: {}, message: { text: {} },
    ...odd.noContext ? {} : { updateModelContext: { text: {}, structuredContent: {} } },
  };
  const hostContext = {
    theme, locale, timeZone: 'Europe/Berlin', displayMode: 'inline', platform: 'web',
    ...odd.noToolInfo ? {} : { toolInfo: { id: 1, tool: { name: draft.name, inputSchema: { type: 'object' } } } },
  };
  const bridge = new AppBridge(null, { name: 'a-chat', version: '1.0.0' }, capabilities, { hostContext });
  const passedOn = value => odd.dropsMeta ? without(value, META) : value;
  bridge.oncalltool = async params => {
    window.asked.push({ method: 'tools/call', params });
    if (window.failing) throw new Error(window.failing);
    const answer = window.answers.shift() ?? await rpc(server, 'tools/call', passedOn(params));
    if (window.losing === params.name) throw new Error('The answer got lost.');
    return passedOn(answer);
  };
  bridge.onopenlink = async params => {
    window.asked.push({ method: 'ui/open-link', params });
    return {};
  };
  bridge.onmessage = async params => {
    window.asked.push({ method: 'ui/message', params });
    return {};
  };
  if (!odd.noContext) {
    bridge.onupdatemodelcontext = async params => {
      window.asked.push({ method: 'ui/update-model-context', params });
      return {};
    };
  }
  bridge.onsizechange = ({ height }) => { if (height) frame.style.height = `${height + 2}px`; };
  const give = async () => {
    await bridge.sendToolInput({ arguments: draft.arguments });
    if (!odd.loses) await bridge.sendToolResult(passedOn(drafted));
  };
  const initialized = new Promise(resolve => { bridge.oninitialized = resolve; });
  await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  if (odd.early) {
    // The result is there before the view: posted as soon as its window is, whether or not it has said that it listens.
    addEventListener('message', function listen({ source, data }) {
      if (source !== frame.contentWindow || data?.method !== 'ui/initialize') return;
      removeEventListener('message', listen);
      give();
    });
  }
  await bridge.sendSandboxResourceReady({ html });
  await initialized;
  if (!odd.early) await give();
};

window.empty();
