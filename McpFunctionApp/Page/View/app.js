// The form in a chat: drawn from the result of a draft, sent by a call of the form's tool.

(() => {
  const PART = 'This chat passes on only a part of the form: what has not been named yet, and lists of options, '
    + 'are missing here.';

  const place = document.getElementById('place');
  let isDrawn = false;
  let given = {};

  const say = text => place.replaceChildren(make('p', { className: 'card notice', role: 'status', dir: 'auto' }, text));
  const callTool = (name, values, meta) => host.ask('tools/call', { name, arguments: values, ...meta ? { _meta: meta } : {} });
  const draftOf = (tool, values) => callTool(`draft_${tool}`, { values: JSON.stringify(values) });

  async function lookUp(tool, key, query) {
    // The tool names a field alone, or with its form where several forms have such fields.
    for (const field of [key, `${tool}.${key}`]) {
      const result = await callTool('find_options', { field, query });
      if (!result.isError && result.structuredContent) return result.structuredContent;
    }
    throw new Error('the server does not know this field any more.');
  }

  /** The model hears that the form was sent, in whichever way its chat takes, lest it sends the same once more. */
  async function tellModel(tool, receipt) {
    const text = `The person has sent the form of ${tool}. Do not send it again. Receipt: ${JSON.stringify(receipt)}`;
    const content = [{ type: 'text', text }];
    try {
      await host.ask('ui/update-model-context', { content, structuredContent: receipt });
    } catch {
      if (host.capabilities().message) await host.ask('ui/message', { role: 'user', content }).catch(() => {});
    }
  }

  function draw(form, key, notice) {
    if (isDrawn) return;
    isDrawn = true;
    drawForm(place, form, {
      ...makeSender({ tool: form.tool, callTool, key, hasDrafts: true, isReplayable: true }),
      findOptions: (field, query) => lookUp(form.tool, field, query),
      sent: receipt => tellModel(form.tool, receipt),
      openLink: url => host.ask('ui/open-link', { url }).catch(() => {}),
      habits: () => readersHabits(host.context()),
      notice,
    });
  }

  /** What can be drawn without the form itself: what was named, and what the server finds missing or wrong. */
  function partOf({ tool, data, problems }) {
    const values = { ...given, ...data };
    const kindOf = value => Array.isArray(value) ? 'choices' : typeof value === 'string' ? 'text' : typeof value;
    const keys = new Set([...Object.keys(values), ...(problems ?? []).map(parameterOf)]);
    const fields = [...keys].map(key => ({ key, kind: kindOf(values[key]), required: !(key in values) }));
    return { tool, title: tool, fields, values, problems: problems ?? [] };
  }

  async function show(result) {
    if (isDrawn) return;
    if (result._meta?.[FORM]) {
      draw(result._meta[FORM], result._meta[DRAFT]);
      return;
    }
    if (result.isError) {
      say(textOf(result));
      return;
    }

    // A host that leaves `_meta` out of what it passes on may still give it with an answer.
    const drafted = result.structuredContent ?? {};
    const again = drafted.tool ? await draftOf(drafted.tool, { ...given, ...drafted.data }).catch(() => undefined) : undefined;
    if (again?._meta?.[FORM]) draw(again._meta[FORM], again._meta[DRAFT]);
    else if (drafted.tool) draw(partOf(drafted), undefined, PART);
    else if (!isDrawn) say(`This chat does not pass the form on. Answer in the chat instead.\n\n${textOf(result)}`);
  }

  function takeInput({ arguments: input }) {
    try {
      given = (typeof input?.values === 'string' ? JSON.parse(input.values) : input?.values) ?? {};
    } catch {
      given = {};
    }
  }

  /** A host whose result was lost before this window listened: the form is asked for once more, which sends nothing. */
  async function askWhereNothingCame() {
    await host.ready;
    await new Promise(resolve => setTimeout(resolve, PATIENCE));
    const tool = host.context().toolInfo?.tool?.name?.replace(/^draft_/, '');
    if (isDrawn || !tool || place.firstElementChild.textContent.indexOf('Waiting') !== 0) return;
    const result = await draftOf(tool, given).catch(() => undefined);
    if (result) show(result);
  }

  const host = connectToHost({
    'ui/notifications/tool-input': takeInput,
    'ui/notifications/tool-result': show,
    'ui/notifications/tool-cancelled': () => { if (!isDrawn) say('The form was not opened.'); },
  });
  askWhereNothingCame();
})();
