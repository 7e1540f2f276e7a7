// A line of text that proposes what matches it (the combobox pattern of the ARIA Authoring Practices). The list stands in
// the flow of the page: over it, it would be cut off by the frame that a chat draws around the form.

const PROPOSED_AT_MOST = 50;
const PAUSE_IN_TYPING = 150;

// A list that closes moves all below it up. It waits for the end of a press: what was pressed would else be gone from under
// the pointer, and the press come to nothing.
const afterPress = [];
let isPressed = false;
addEventListener('mousedown', () => { isPressed = true; }, true);
for (const end of ['mouseup', 'dragend']) {
  addEventListener(end, () => setTimeout(() => {
    isPressed = false;
    afterPress.splice(0).forEach(act => act());
  }), true);
}

/** Proposals from options that are all here. */
function localProposals(options) {
  return async text => {
    const wanted = fold(text);
    const matching = options.filter(label => fold(label).includes(wanted));
    return { options: matching.slice(0, PROPOSED_AT_MOST), total: matching.length };
  };
}

/** `source(text)` gives `{options, total}`; what is picked goes to `choose`. */
function drawProposals(attributes, source, choose) {
  const note = make('p', { className: 'hint', role: 'status' });
  const list = make('ul', {
    role: 'listbox', id: `${attributes.id}-list`, className: 'list', hidden: true, 'aria-label': 'Matching options',
  });
  const control = make('input', {
    ...attributes, type: 'text', dir: 'auto', autocomplete: 'off', spellcheck: false, placeholder: 'Type to search',
    role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id,
  });
  let active = -1;
  let turn = 0;
  let pause;
  let isTyped = false;

  const stop = () => {
    turn++;
    clearTimeout(pause);
  };
  const close = () => {
    stop();
    list.hidden = true;
    list.replaceChildren();
    note.textContent = '';
    active = -1;
    control.setAttribute('aria-expanded', 'false');
    control.removeAttribute('aria-activedescendant');
  };
  const pick = label => {
    choose(label);
    isTyped = false;
    close();
  };
  const mark = place => {
    active = place;
    [...list.children].forEach((row, n) => row.setAttribute('aria-selected', String(n === place)));
    const row = list.children[place];
    if (!row) return;
    control.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
  };
  const show = ({ options, total }) => {
    list.replaceChildren(...options.map((label, place) => {
      const row = make('li', { role: 'option', id: `${list.id}-${place}`, dir: 'auto', 'aria-selected': 'false' }, label);
      row.addEventListener('click', () => pick(label));
      return row;
    }));
    note.textContent = options.length === 0 ? 'Nothing matches.'
      : total > options.length ? `${options.length} of ${total} shown: type to narrow them down.` : '';
    list.hidden = options.length === 0;
    active = -1;
    control.setAttribute('aria-expanded', String(!list.hidden));
  };
  const propose = async () => {
    const mine = ++turn;
    try {
      // What was picked or given is there to be changed: all is proposed again.
      const found = await source(isTyped ? control.value : '');
      if (mine === turn) show(found);
    } catch (error) {
      if (mine === turn) note.textContent = `The options could not be looked up: ${error.message}`;
    }
  };
  const onKey = event => {
    const last = list.children.length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) propose();
      else mark(event.key === 'ArrowDown' ? Math.min(active + 1, last) : Math.max(active - 1, 0));
    } else if (event.key === 'Enter' && !list.hidden) {
      event.preventDefault();
      const label = list.children[active >= 0 ? active : last === 0 ? 0 : -1]?.textContent;
      if (label !== undefined) pick(label);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      close();
    }
  };

  control.addEventListener('input', () => {
    isTyped = true;
    clearTimeout(pause);
    pause = setTimeout(propose, PAUSE_IN_TYPING);
  });
  control.addEventListener('click', propose);
  control.addEventListener('keydown', onKey);
  control.addEventListener('blur', () => {
    stop();
    if (isPressed) afterPress.push(() => { if (document.activeElement !== control) close(); });
    else close();
  });
  list.addEventListener('mousedown', event => event.preventDefault());
  return { control, rest: [list, note] };
}
