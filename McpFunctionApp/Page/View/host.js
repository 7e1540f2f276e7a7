// Speaks with the chat around the form as MCP Apps says (specification 2026-01-26): JSON-RPC by messages between windows.

const PATIENCE = 3000;

/** `on`: what to do with each notification, by its method. */
function connectToHost(on) {
  const waiting = new Map();
  let lastId = 0;
  let context = {};
  let capabilities = {};

  const post = message => parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  const ask = (method, params) => new Promise((resolve, reject) => {
    const id = ++lastId;
    waiting.set(id, { resolve, reject });
    post({ id, method, params });
  });
  const answer = ({ id, method }) => {
    const isKnown = method === 'ui/resource-teardown' || method === 'ping';
    post({ id, ...isKnown ? { result: {} } : { error: { code: -32601, message: 'Unknown method.' } } });
  };
  const settle = ({ id, result, error }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message || 'The chat refused this.'));
    else asked?.resolve(result ?? {});
  };

  const adapt = changes => {
    context = { ...context, ...changes };
    const root = document.documentElement;
    if (context.theme) root.dataset.theme = context.theme;
    if (context.locale) root.lang = context.locale;
    for (const [name, value] of Object.entries(context.styles?.variables ?? {})) {
      if (value) root.style.setProperty(name, value);
    }
    const { top = 0, right = 0, bottom = 0, left = 0 } = context.safeAreaInsets ?? {};
    document.body.style.padding = `${top}px ${right}px ${bottom}px ${left}px`;
  };
  const tellSize = () => {
    const width = document.documentElement.scrollWidth;
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    post({ method: 'ui/notifications/size-changed', params: { width, height } });
  };

  addEventListener('message', ({ source, data }) => {
    if (source !== parent || data?.jsonrpc !== '2.0') return;
    if (data.method && data.id !== undefined) answer(data);
    else if (data.method === 'ui/notifications/host-context-changed') adapt(data.params ?? {});
    else if (data.method) on[data.method]?.(data.params ?? {});
    else settle(data);
  });

  const started = ask('ui/initialize', {
    protocolVersion: '2026-01-26',
    appInfo: { name: 'mcp-function-app-form', title: 'Form', version: '1.0.0' },
    appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
  }).then(given => {
    capabilities = given.hostCapabilities ?? {};
    adapt(given.hostContext ?? {});
    post({ method: 'ui/notifications/initialized' });
    new ResizeObserver(tellSize).observe(document.body);
  }).catch(() => {});

  // A host may give the result before it is asked for anything, and take questions only after it has been.
  const ready = Promise.race([started, new Promise(resolve => setTimeout(resolve, PATIENCE))]);
  return {
    ready,
    ask: async (method, params) => {
      await ready;
      return ask(method, params);
    },
    context: () => context,
    capabilities: () => capabilities,
  };
}
