'use strict';

// What every part of the view uses. Text that comes from a form is only ever set as text, never as HTML.

const ERROR = 'io.github.mcp-function-app/error';
const DRAFT = 'io.github.mcp-function-app/draft';
const FORM = 'io.github.mcp-function-app/form';

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined) continue;
    if (name in element && !name.startsWith('aria')) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Text as it is compared: without differences of case, white space and Unicode form. */
function fold(text) {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Whether the first letter of a text belongs to a script that is written from right to left. */
function isRightToLeft(text) {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter);
}

/** What a host says of its reader, as far as this browser knows it: an odd name must not break the drawing. */
function readersHabits({ locale, timeZone }) {
  const known = (value, test) => {
    try {
      test(value);
      return value;
    } catch {
      return undefined;
    }
  };
  return {
    locale: known(locale, name => new Intl.NumberFormat(name)),
    timeZone: known(timeZone, name => new Intl.DateTimeFormat('en', { timeZone: name })),
  };
}

/** A value of the server, for people: dates and numbers as their reader writes them. */
function shown(value, { locale, timeZone }) {
  if (Array.isArray(value)) return value.map(entry => shown(entry, { locale, timeZone })).join(', ');
  if (typeof value === 'number') return value.toLocaleString(locale, { maximumFractionDigits: 20 });
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  const text = String(value ?? '');
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text);
  const moment = new Date(isDay ? `${text}T12:00Z` : text);
  if (!(isDay || isMoment) || isNaN(moment)) return text;
  return isDay
    ? moment.toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' })
    : moment.toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
}

/** The text blocks of a tool's result. */
function textOf(result) {
  return (result.content ?? []).filter(block => block.type === 'text').map(block => block.text).join('\n');
}
