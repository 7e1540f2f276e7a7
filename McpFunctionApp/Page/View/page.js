// The page: how to connect a client, and what a token sees. It calls the server as any client would. The token lives in
// a variable of this window, and nowhere else.

(() => {
  const { demonstration, signin } = document.body.dataset;
  const samples = JSON.parse(demonstration);
  const endpoint = new URL('mcp', location.origin + location.pathname.replace(/[^/]*$/, '')).href;
  const get = id => document.getElementById(id);
  let token = '';
  let lastId = 0;
  let turn = 0;

  async function ask(method, params) {
    const answer = await fetch(endpoint, {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'MCP-Protocol-Version': '2025-11-25',
        ...token ? { Authorization: `Bearer ${token}` } : {},
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: ++lastId, method, params }),
    });
    const message = await answer.json().catch(() => {
      throw new Error(`The server answered ${answer.status}, and nothing that can be read.`);
    });
    if (message.error) throw new Error(message.error.message);
    return message.result;
  }

  const callTool = (name, values, meta) => ask('tools/call', { name, arguments: values, ...meta ? { _meta: meta } : {} });

  function fillConnections() {
    const links = connections(endpoint, samples[0]?.token ?? 'YOUR_TOKEN', signin === 'true');
    get('endpoint').textContent = endpoint;
    get('vscode').href = links.code;
    get('cursor').href = links.cursor;
    get('claude').textContent = links.claude;
    get('list').textContent = links.list;
    get('call').textContent = links.call('create_request', 'subject', 'Printer is out of toner');
    get('own').hidden = samples.length > 0;
    for (const button of document.querySelectorAll('[data-copies]')) {
      button.addEventListener('click', async () => {
        await navigator.clipboard.writeText(get(button.dataset.copies).textContent);
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = 'Copy'; }, 2000);
      });
      button.hidden = !navigator.clipboard;
    }
  }

  function offerSamples() {
    get('demonstration').hidden = samples.length === 0;
    get('samples').replaceChildren(...samples.map(sample => {
      const button = make('button', { type: 'button', className: 'sample' },
        make('code', {}, sample.token), make('span', {}, sample.shows));
      button.addEventListener('click', () => {
        get('token').value = sample.token;
        useToken();
      });
      return button;
    }));
  }

  async function open(place, tool, tools) {
    const hasDrafts = tools.some(other => other.name === `draft_${tool.name}`);
    const drafted = hasDrafts ? await callTool(`draft_${tool.name}`, { values: '{}' }) : undefined;
    const lookups = tools.find(other => other.name === 'find_options')?.inputSchema.properties.field.enum ?? [];
    drawForm(place, drafted?._meta?.[FORM] ?? formOf(tool), {
      ...makeSender({ tool: tool.name, callTool, key: drafted?._meta?.[DRAFT], hasDrafts, isReplayable: false }),
      findOptions: async (key, query) => {
        const field = lookups.includes(key) ? key : `${tool.name}.${key}`;
        return (await callTool('find_options', { field, query })).structuredContent ?? { options: [], total: 0 };
      },
      sent: () => {},
      habits: () => readersHabits({ locale: navigator.language }),
    });
  }

  function drawForms(forms, tools) {
    return forms.map((tool, place) => {
      const inside = make('div', {}, make('p', { className: 'hint' }, 'Opening\u2026'));
      const details = make('details', { className: 'tool' },
        make('summary', {}, make('b', { dir: 'auto' }, tool.title || tool.name), ' ', make('code', {}, tool.name)), inside);
      let isOpened = false;
      details.addEventListener('toggle', async () => {
        if (!details.open || isOpened) return;
        isOpened = true;
        try {
          await open(inside, tool, tools);
        } catch (error) {
          isOpened = false;
          inside.replaceChildren(make('p', { className: 'say wrong', role: 'alert', dir: 'auto' }, error.message));
        }
      });
      details.open = place === 0;
      return details;
    });
  }

  function drawOthers(others) {
    if (others.length === 0) return [];
    return [make('details', { className: 'tool' },
      make('summary', {}, make('b', {}, `Other tools (${others.length})`)),
      make('dl', { className: 'others' }, ...others.map(tool => make('div', {},
        make('dt', {}, make('code', {}, tool.name)), make('dd', { dir: 'auto' }, tool.description ?? '')))))];
  }

  function drawReasons(fallback) {
    if (!fallback) return [];
    const mayConsent = typeof fallback.consentUrl === 'string' && fallback.consentUrl.startsWith('https://');
    const consent = mayConsent
      ? [make('p', {}, make('a', { href: fallback.consentUrl, rel: 'noopener noreferrer' }, 'Give consent'))] : [];
    const reasons = (fallback.tools ?? []).map(tool =>
      make('li', {}, make('code', {}, tool.name), ` is not offered: ${tool.reason}`));
    return [make('div', { className: 'notice', id: 'reasons' },
      make('p', { dir: 'auto' }, fallback.message), ...consent, make('ul', {}, ...reasons))];
  }

  function draw({ tools, _meta }) {
    const isHelper = tool => tool.name === 'find_options' || tools.some(other => `draft_${other.name}` === tool.name);
    const forms = tools.filter(tool => !isHelper(tool) && tool.annotations?.readOnlyHint !== true);
    const others = tools.filter(tool => !isHelper(tool) && tool.annotations?.readOnlyHint === true);
    const count = `${forms.length === 1 ? 'One form' : `${forms.length || 'No'} forms`} and ${others.length} other tools`;
    get('state').textContent = `${count} ${token ? 'for this token.' : 'without a token.'}`;
    const reasons = drawReasons(_meta?.['io.github.mcp-function-app/fallback']);
    get('tools').replaceChildren(...reasons, ...drawForms(forms, tools), ...drawOthers(others));
  }

  async function show() {
    const mine = ++turn;
    get('state').className = 'say';
    get('state').textContent = 'Asking\u2026';
    get('tools').replaceChildren();
    try {
      const list = await ask('tools/list', {});
      if (mine === turn) draw(list);
    } catch (error) {
      if (mine !== turn) return;
      get('state').className = 'say wrong';
      get('state').textContent = error.message;
    }
  }

  function useToken() {
    token = get('token').value.trim().replace(/^Bearer\s+/i, '');
    get('forget').hidden = token === '';
    if (/^[\x21-\x7e]*$/.test(token)) {
      show();
      return;
    }
    token = '';
    get('tools').replaceChildren();
    get('state').className = 'say wrong';
    get('state').textContent = 'A token is one word of letters, digits and signs: this is none.';
  }

  function forget() {
    turn++;
    token = '';
    get('token').value = '';
    get('forget').hidden = true;
    get('state').textContent = '';
    get('tools').replaceChildren();
  }

  get('ask').addEventListener('submit', event => {
    event.preventDefault();
    useToken();
  });
  get('forget').addEventListener('click', forget);
  addEventListener('pagehide', forget);
  fillConnections();
  offerSamples();
})();
