// What the server answered to a form that was sent.

function receiptOf(result) {
  if (result.structuredContent) return result.structuredContent;
  try {
    return JSON.parse(textOf(result));
  } catch {
    return { note: textOf(result) };
  }
}

function drawReceipt(receipt, titles, habits, openLink) {
  const row = ([name, value]) => make('div', {},
    make('dt', { dir: 'auto' }, name), make('dd', { dir: 'auto' }, shown(value, habits)));
  const rows = pairs => make('dl', {}, ...pairs.filter(([, value]) => (value ?? '') !== '').map(row));
  const id = receipt.number ?? receipt.id;
  const facts = [
    ['Number', id === undefined || id === null ? 'none was given' : String(id)],
    ['Status', receipt.status],
    ['Sent', receipt.timestamp],
    ['Note', receipt.note],
  ];
  const isLink = typeof receipt.url === 'string' && receipt.url.startsWith('https://');
  const link = isLink ? [make('p', {}, drawLink(receipt.url, openLink))] : [];
  const answers = Object.entries(receipt.data ?? {}).map(([key, value]) => [titles[key] ?? key, value]);
  return make('section', { className: 'card receipt', tabIndex: -1, 'aria-label': 'Your request was sent' },
    make('h2', {}, 'Your request was sent'), rows(facts), ...link,
    ...answers.length ? [make('h3', {}, 'What was sent'), rows(answers)] : []);
}

function drawLink(url, openLink) {
  const anchor = make('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, 'Open the request');
  if (openLink) {
    anchor.addEventListener('click', event => {
      event.preventDefault();
      openLink(url);
    });
  }
  return anchor;
}
