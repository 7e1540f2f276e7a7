// Draws one form as a form: the same drawing on the page and in a chat.

const BEFORE = 'This form had been sent before, and was not sent again.';

let drawnForms = 0;

/** The parameter that a problem is about, without the place in a list. */
function parameterOf(problem) {
  return problem.parameter.replace(/\[\d+\]$/, '');
}

/** What a field's description says beside its title, which tools for models have in it. */
function aboutOf({ title, description = '' }) {
  if (!title || !description.startsWith(title)) return description;
  const rest = description.slice(title.length);
  return rest === '' ? '' : rest.startsWith(': ') ? rest.slice(2) : description;
}

function drawField(field, form, actions) {
  const id = `f${form}-${field.key}`;
  const description = `${id}-hint ${id}-problem`;
  const attributes = { id, name: field.key, required: field.required || undefined, 'aria-describedby': description };
  const drawn = (kinds[field.kind] ?? kinds.text)(field, attributes, query => actions.findOptions(field.key, query));
  const mark = field.required ? [make('span', { className: 'mark', 'aria-hidden': 'true' }, ' *')] : [];
  const title = [field.title || field.key, ...mark];
  const fallback = field.default === undefined || field.default === null || drawn.control.tagName === 'SELECT' ? ''
    : `Left empty, this is sent: ${shown(field.default, actions.habits())}`;
  const hints = [aboutOf(field), drawn.hint, fallback].filter(text => text).join('\n');
  const hint = make('p', { id: `${id}-hint`, className: 'hint', dir: 'auto' }, hints);
  const problem = make('p', { id: `${id}-problem`, className: 'problem', dir: 'auto' });
  const element = drawn.group
    ? make('fieldset', { className: 'field wide', 'aria-describedby': description },
      make('legend', { className: 'label', dir: 'auto' }, ...title), hint, make('div', { className: 'boxes' }, ...drawn.group))
    : make('div', { className: drawn.isWide ? 'field wide' : 'field' });
  const label = make('label', { htmlFor: id, className: 'label', dir: 'auto' }, ...title);
  if (drawn.isCheck) element.append(make('div', { className: 'check' }, drawn.control, label), hint);
  else if (!drawn.group) element.append(label, hint, drawn.control, ...drawn.rest ?? []);
  element.append(problem);

  // What is left as it was given goes back as it was given: a date's offset, a number's digits.
  let given;
  let asGiven;
  return {
    id,
    key: field.key,
    title: field.title || field.key,
    element,
    read: () => {
      const value = drawn.read();
      return value !== undefined && JSON.stringify(value) === asGiven ? given : value;
    },
    fill: value => {
      if (value === null || value === undefined) return;
      drawn.fill(value);
      given = value;
      asGiven = JSON.stringify(drawn.read());
    },
    focus: () => drawn.control.focus(),
    fault: () => drawn.unreadable?.() || (field.required && drawn.read() === undefined ? 'is required.' : ''),
    tell: text => {
      problem.textContent = text;
      drawn.control.setAttribute('aria-invalid', String(text !== ''));
      element.classList.toggle('has-problem', text !== '');
    },
  };
}

/** What stands above the fields: a sentence, and the problems as links to their fields. */
function drawSummary() {
  const element = make('div', { className: 'say', role: 'alert', hidden: true });
  const lineOf = (field, text) => {
    if (!field) return make('li', { dir: 'auto' }, text);
    const link = make('a', { href: `#${field.id}`, dir: 'auto' }, `${field.title}: ${text}`);
    link.addEventListener('click', event => {
      event.preventDefault();
      field.focus();
    });
    return make('li', {}, link);
  };
  return {
    element,
    say(text, isWrong, lines = []) {
      element.hidden = text === '';
      element.className = isWrong ? 'say wrong' : 'say';
      element.replaceChildren(make('p', { dir: 'auto' }, text),
        ...lines.length ? [make('ul', {}, ...lines.map(([field, line]) => lineOf(field, line)))] : []);
    },
  };
}

/**
 * Draws a form into `place`. `actions`: `submit(values)` gives the tool's result, or `{confirm}` where the person is asked
 * first; `findOptions(key, query)`; `mayRepeat()`: whether sending again cannot make a second request; `sent(receipt)`;
 * `openLink(url)`, where links are opened by somebody else; `habits()`: locale and time zone; `notice`: a text above.
 */
function drawForm(place, form, actions) {
  const number = ++drawnForms;
  const titles = Object.fromEntries(form.fields.map(field => [field.key, field.title || field.key]));
  const fields = form.fields.map(field => drawField(field, number, actions));
  const summary = drawSummary();
  const button = make('button', { type: 'submit' }, 'Send');
  const isRtl = Object.values(titles).filter(isRightToLeft).length * 2 > form.fields.length;
  const star = make('span', { className: 'mark' }, '*');
  const legend = make('p', { className: 'hint' }, 'Fields marked with ', star, ' are required.');
  const lead = [
    ...actions.notice ? [make('p', { className: 'notice' }, actions.notice)] : [],
    ...form.fields.some(field => field.required) ? [legend] : [],
  ];
  const looks = { className: 'card form', noValidate: true, autocomplete: 'off', dir: isRtl ? 'rtl' : 'ltr' };
  const element = make('form', { ...looks, 'aria-labelledby': `f${number}-title` },
    make('h2', { id: `f${number}-title`, dir: 'auto' }, form.title || form.tool), ...lead, summary.element,
    make('div', { className: 'fields' }, ...fields.map(field => field.element)), make('div', { className: 'foot' }, button));
  let isBusy = false;
  let isAsking = false;
  let isHasty = false;

  const showProblems = (problems, text) => {
    fields.forEach(field => field.tell(''));
    const lines = problems.map(problem => {
      const field = fields.find(candidate => candidate.key === parameterOf(problem));
      const line = `${problem.message}${problem.nearest?.length ? ` Nearest: ${problem.nearest.join(', ')}.` : ''}`;
      field?.tell(line);
      return [field, field ? line : `${problem.parameter}: ${line}`];
    });
    const count = lines.length === 1 ? 'One answer needs a change.' : `${lines.length} answers need a change.`;
    summary.say(lines.length === 0 ? text : count, true, lines);
    return lines.find(([field]) => field)?.[0];
  };
  const lock = text => {
    for (const control of element.elements) control.disabled = true;
    button.remove();
    summary.say(text, true);
  };
  const finish = (receipt, before) => {
    const drawn = drawReceipt(receipt, titles, actions.habits(), actions.openLink);
    if (before) drawn.querySelector('h2').after(make('p', { className: 'notice' }, before));
    element.replaceWith(drawn);
    drawn.focus();
    actions.sent(receipt);
  };
  const judge = result => {
    const error = result._meta?.[ERROR] ?? {};
    isAsking = result.confirm !== undefined;
    if (isAsking) {
      summary.say(result.confirm, true);
      button.textContent = 'Send it now';
    } else if (!result.isError) finish(receiptOf(result));
    else if (error.code === 'state_used' && error.receipt) finish(error.receipt, BEFORE);
    else if (error.code === 'state_used' || error.code === 'submission_outcome_unknown') lock(textOf(result));
    else showProblems(error.problems ?? [], textOf(result))?.focus();
  };
  const send = async event => {
    event.preventDefault();

    // Nobody has read within a double click what its first half has made the button ask. All else that is pressed after an
    // answer counts, also where the browser takes it for half of a double click, since the answer was quick.
    const isPassedOver = isBusy || !button.isConnected || event.detail > 0 && isHasty || event.detail > 1 && isAsking;
    isHasty = false;
    if (isPassedOver) return;
    const faults = fields.filter(field => field.fault()).map(field => ({ parameter: field.key, message: field.fault() }));
    if (faults.length) {
      showProblems(faults, '').focus();
      return;
    }
    isBusy = true;
    button.setAttribute('aria-disabled', 'true');
    fields.forEach(field => field.tell(''));
    summary.say('Sending\u2026', false);
    try {
      const answers = fields.map(field => [field.key, field.read()]).filter(([, value]) => value !== undefined);
      judge(await actions.submit(Object.fromEntries(answers)));
    } catch (error) {
      if (actions.mayRepeat()) summary.say(`${error.message} Try again: a request that has arrived is not made twice.`, true);
      else lock(`${error.message} It is not known whether the request has arrived: look it up before you send another.`);
    } finally {
      isBusy = false;
      button.removeAttribute('aria-disabled');
    }
  };

  // In a sandbox without allow-forms no submit event comes: the click on the button, which Enter makes too, is what counts.
  button.addEventListener('click', send);
  element.addEventListener('submit', send);

  // A press that begins before an answer is none to it, and a key that is held down is pressed once.
  button.addEventListener('mousedown', () => { isHasty = isBusy; });
  element.addEventListener('keydown', event => {
    if (event.repeat && event.key === 'Enter' && event.target.tagName !== 'TEXTAREA') event.preventDefault();
  });

  fields.forEach((field, place) => {
    field.fill(form.fields[place].default);
    field.fill(form.values?.[field.key]);
  });
  place.replaceChildren(element);

  // What is missing is marked as required anyway; what was given and is wrong is said at once, without taking the focus.
  const wrong = (form.problems ?? []).filter(problem => form.values && parameterOf(problem) in form.values);
  if (wrong.length) showProblems(wrong, '');
}
