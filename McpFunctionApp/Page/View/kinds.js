// Each kind of field: its controls, what is read from them (undefined: nothing), and how a value is put into them.

// Up to this many options are all in sight; of more, those are proposed that match what is typed.
const IN_SIGHT = 20;

// The longest text that is given one line.
const ONE_LINE = 255;

const kinds = {
  text(field, attributes) {
    const isLine = field.maxLength && field.maxLength <= ONE_LINE;
    const control = isLine
      ? make('input', { ...attributes, dir: 'auto', type: 'text' })
      : make('textarea', { ...attributes, dir: 'auto', rows: 1 });
    const grow = () => { if (!isLine) control.rows = Math.min(Math.max(control.value.split('\n').length, 1), 12); };
    control.addEventListener('input', grow);
    return {
      control,
      isWide: !isLine,
      read: () => control.value.trim() ? control.value : undefined,
      fill: value => {
        control.value = String(value);
        grow();
      },
    };
  },

  number(field, attributes) {
    const control = make('input', {
      ...attributes, type: 'number', inputMode: field.kind === 'integer' ? 'numeric' : 'decimal',
      step: field.kind === 'integer' ? '1' : 'any', min: field.minimum ?? undefined, max: field.maximum ?? undefined,
    });
    return {
      control,
      // Digits that a number here cannot hold go as text, which the server reads as it stands.
      read: () => {
        const number = Number(control.value);
        return control.value === '' ? undefined : String(number) === control.value ? number : control.value;
      },
      fill: value => { control.value = String(value); },
      unreadable: () => control.validity.badInput ? 'must be a number.' : '',
    };
  },

  boolean(field, attributes) {
    const control = make('input', { ...attributes, type: 'checkbox' });

    // An optional box that nobody has touched says nothing.
    let isAnswered = field.required;
    control.addEventListener('change', () => { isAnswered = true; });
    return {
      control,
      isCheck: true,
      read: () => isAnswered ? control.checked : undefined,
      fill: value => {
        control.checked = String(value).toLowerCase() === 'true';
        isAnswered = true;
      },
    };
  },

  date(field, attributes) {
    const control = make('input', { ...attributes, type: 'date' });
    return {
      control,
      read: () => control.value || undefined,
      fill: value => { control.value = String(value).slice(0, 10); },
      unreadable: () => control.validity.badInput ? 'must be a whole date.' : '',
    };
  },

  'date-time'(field, attributes) {
    const control = make('input', { ...attributes, type: 'datetime-local' });
    return {
      control,
      hint: `In your time zone (${Intl.DateTimeFormat().resolvedOptions().timeZone}).`,
      read: () => control.value ? new Date(control.value).toISOString().replace('.000Z', 'Z') : undefined,
      fill: value => {
        const moment = new Date(value);
        if (!isNaN(moment)) control.value = new Date(moment - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
      },
      unreadable: () => control.validity.badInput ? 'must be a whole date and time.' : '',
    };
  },

  choice(field, attributes, find) {
    if (!field.options || field.options.length > IN_SIGHT) {
      const fill = value => { drawn.control.value = String(value); };
      const drawn = drawProposals(attributes, field.options ? localProposals(field.options) : find, fill);
      return { ...drawn, read: () => drawn.control.value.trim() || undefined, fill };
    }
    const none = field.default === undefined || field.default === null ? [make('option', { value: '' }, 'Choose\u2026')] : [];
    const control = make('select', attributes, ...none, ...field.options.map(label => make('option', { value: label }, label)));
    const fill = value => {
      control.value = String(value);
      if (control.selectedIndex < 0) control.value = String(field.default ?? '');
    };
    return { control, read: () => control.value || undefined, fill };
  },

  choices(field, attributes, find) {
    return field.options && field.options.length <= IN_SIGHT ? drawBoxes(field, attributes) : drawChips(field, attributes, find);
  },
};
kinds.integer = kinds.number;
kinds.cascade = kinds.choice;
kinds.dateTime = kinds['date-time'];

/** Several of a few: a box for each. */
function drawBoxes(field, attributes) {
  const { id, name, 'aria-describedby': description } = attributes;
  const boxes = field.options.map((label, place) => make('input', {
    type: 'checkbox', name, value: label, id: `${id}-${place}`, 'aria-describedby': description,
  }));
  const labels = boxes.map((box, place) => make('label', { htmlFor: box.id, dir: 'auto' }, field.options[place]));
  return {
    control: boxes[0],
    group: boxes.map((box, place) => make('div', { className: 'check' }, box, labels[place])),
    read: () => boxes.some(box => box.checked) ? boxes.filter(box => box.checked).map(box => box.value) : undefined,
    fill: values => boxes.forEach(box => { box.checked = [].concat(values).includes(box.value); }),
  };
}

/** Several of many, or of anything: what is chosen stands below the line as buttons that take it out again. */
function drawChips(field, attributes, find) {
  const chosen = new Set();
  const chips = make('div', { className: 'chips' });
  const draw = () => chips.replaceChildren(...[...chosen].map(label => {
    const cross = make('span', { 'aria-hidden': 'true' }, '\u00d7');
    const chip = make('button', { type: 'button', dir: 'auto', 'aria-label': `Remove ${label}` }, label, cross);
    chip.addEventListener('click', () => {
      chosen.delete(label);
      draw();
      drawn.control.focus();
    });
    return chip;
  }));
  const choose = label => {
    chosen.add(label);
    drawn.control.value = '';
    draw();
  };
  const isListed = field.options || field.optionCount;
  const drawn = isListed
    ? drawProposals(attributes, field.options ? localProposals(field.options) : find, choose)
    : drawWords(attributes, choose);
  return {
    control: drawn.control,
    rest: [...drawn.rest, chips],
    read: () => {
      const all = new Set([...chosen, drawn.control.value.trim()].filter(label => label));
      return all.size ? [...all] : undefined;
    },
    fill: values => {
      chosen.clear();
      [].concat(values).forEach(value => chosen.add(String(value)));
      draw();
    },
  };
}

/** Several of anything: each is typed. */
function drawWords(attributes, choose) {
  const control = make('input', { ...attributes, type: 'text', dir: 'auto', placeholder: 'Type one, then press Enter' });
  control.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !control.value.trim()) return;
    event.preventDefault();
    choose(control.value.trim());
  });
  return { control, rest: [] };
}
