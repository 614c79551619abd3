const HTML: Readonly<Record<string, string>> = {
  '!': 'excl',
  '#': 'num',
  $: 'dollar',
  '%': 'percnt',
  '&': 'amp',
  '"': 'quot',
  "'": 'apos',
  '(': 'lpar',
  ')': 'rpar',
  '*': 'ast',
  '+': 'plus',
  ',': 'comma',
  '.': 'period',
  '/': 'sol',
  ':': 'colon',
  ';': 'semi',
  '<': 'lt',
  '=': 'equals',
  '>': 'gt',
  '?': 'quest',
  '@': 'commat',
  '[': 'lsqb',
  '\\': 'bsol',
  ']': 'rsqb',
  '^': 'Hat',
  _: 'lowbar',
  '`': 'grave',
  '{': 'lcub',
  '|': 'verbar',
  '}': 'rcub',
};

const MARKS = new Map(Object.entries(HTML).map(([mark, name]) => [name, mark]));

/** Names of what nobody sees. */
const SPACES = [
  '&Tab;',
  '&NewLine;',
  '&ZeroWidthSpace;',
  '&shy;',
  '&emsp14;',
  '&NegativeThinSpace;',
  '&zwj;',
  '&InvisibleTimes;',
  '&ic;',
];

/** What nobody sees: format characters, joiners, selectors, fillers, tags, and a letter of Braille without a dot. */
const UNSEEN = [
  '\u200c',
  '\u034f',
  '\ufe0f',
  '\u3164',
  '\u2800',
  '\u{e0041}',
  '\u180e',
  '\u2063',
  '\u{e0100}',
];

/** Ways to write a secret that SECURITY.md promises to find, from eight characters on. */
export const SPELLINGS: readonly (readonly [name: string, write: (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['in capitals', (secret) => secret.toUpperCase()],
  ['percent-encoded', encodeURIComponent],
  ['percent-encoded twice', (secret) => encodeURIComponent(percent(secret))],
  ['percent-encoded, every character', percent],
  ['percent-encoded in small letters', (secret) => percent(secret).toLowerCase()],
  ['in a form', (secret) => new URLSearchParams({ v: secret }).toString().slice(2)],
  ['in JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  [
    'in JSON, every character',
    (secret) => each(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  ],
  ['in JSON within JSON', (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ['in decimal HTML entities', (secret) => each(secret, (code) => `&#${code};`)],
  ['in hexadecimal HTML entities', (secret) => each(secret, (code) => `&#x${code.toString(16)};`)],
  ['in HTML', (secret) => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
  ['in base64, one byte later', (secret) => Buffer.from(`:${secret}`).toString('base64')],
  ['in base64, among others', (secret) => Buffer.from(`id:${secret}.`).toString('base64')],
  ['in base64url', (secret) => Buffer.from(`{"a":"${secret}"}`).toString('base64url')],
  ['in hex', (secret) => Buffer.from(secret).toString('hex')],
  ['in capital hex', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['split by spaces', (secret) => [...secret].join(' ')],
  ['split by lines', (secret) => `${secret.slice(0, 5)}\r\n   ${secret.slice(5)}`],
  ['behind a percent sign', (secret) => `%${secret}`],
  ['behind a backslash', (secret) => `\\${secret}`],
  ['percent-encoded three times', (secret) => percent(percent(percent(secret)))],
  ['as escape() did', (secret) => each(secret, (code) => `%u${code.toString(16).padStart(4, '0')}`)],
  ['in JavaScript, by code point', (secret) => each(secret, (code) => `\\u{${code.toString(16)}}`)],
  ['in JavaScript, by byte', (secret) => each(secret, (code) => `\\x${code.toString(16).padStart(2, '0')}`)],
  [
    'in HTML entities with zeros before them',
    (secret) => each(secret, (code) => `&#x${code.toString(16).padStart(9, '0')};`),
  ],
  [
    "by HTML's names",
    (secret) => secret.replace(/[^-\w]|_/g, (mark) => (HTML[mark] ? `&${HTML[mark]};` : mark)),
  ],
  ['in HTML in a URL', (secret) => encodeURIComponent(each(secret, (code) => `&#${code};`))],
  ['in base64 in a URL', (secret) => percent(Buffer.from(secret).toString('base64'))],
  ['in base64 of many lines', (secret) => Buffer.from(secret).toString('base64').replace(/.{5}/g, '$&\r\n')],
  ['split by what nobody sees', (secret) => [...secret].join('\u200c')],
  ['split by all that nobody sees', (secret) => among(secret, UNSEEN)],
  ['split by spaces of HTML', (secret) => [...secret].join('&nbsp;')],
  ["split by spaces of HTML's other names", (secret) => among(secret, SPACES)],
  ['split by escapes of spaces', (secret) => [...secret].join('%20')],
  ['cut off', (secret) => `${secret.slice(0, -2)}…`],
  ['cut off within an escape of a URL', (secret) => `${percent(secret).slice(0, -8)}…`],
  [
    'cut off within an escape of JSON',
    (secret) => `${each(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`).slice(0, -14)}…`,
  ],
];

/** Of these, those that have something of each other way; what holds of all of them is a matter of the redactor. */
export const FEW = SPELLINGS.filter(([name]) =>
  /^(?:as it is|percent-encoded twice|in JSON|in base64|cut off)$/.test(name),
);

/** The text, with something between its characters. */
function among(text: string, between: readonly string[]): string {
  return [...text].map((letter, index) => letter + between[index % between.length]).join('');
}

function each(text: string, write: (code: number) => string): string {
  return Array.from({ length: text.length }, (_, index) => write(text.charCodeAt(index))).join('');
}

function percent(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/**
 * Whether a text reveals a secret. It decodes everything that could hide it, in its own way, so that it doesn't
 * overlook what the redactor overlooks.
 */
export function shows(text: string, secret: string): boolean {
  const wanted = plain(secret);
  const forms = [wanted, plain(Buffer.from(secret).toString('hex'))];
  let current = text;
  for (let layer = 0; layer < 5; layer++) {
    if (forms.some((form) => plain(current).includes(form))) return true;
    for (const [blob] of current.replace(/\s/g, '').matchAll(/[\w+/-]{8,}/g))
      for (const start of [0, 1, 2, 3])
        if (plain(Buffer.from(blob.slice(start), 'base64').toString('latin1')).includes(wanted)) return true;
    current = current
      .replace(/[%\\]u([\da-f]{4})/gi, character)
      .replace(/(?:%|\\x)([\da-f]{2})/gi, character)
      .replace(/(?:&#x|\\u\{)([\da-f]+)[;}]/gi, character)
      .replace(/&#(\d+);/g, (_, decimal) => String.fromCharCode(Number(decimal)))
      .replaceAll(
        /&(?:nbsp|Tab|NewLine|ZeroWidthSpace|shy|emsp14|NegativeThinSpace|zwj|InvisibleTimes|ic);/g,
        ' ',
      )
      .replace(/&(\w+);/g, (whole, name) => MARKS.get(name) ?? whole);
  }
  return false;
}

function character(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

/** What of a secret a text gives away that holds it so: of one that is cut, only what is surely before the cut. */
export function givenOf(written: string, secret: string): string {
  return written.endsWith('…') ? secret.slice(0, -3) : secret;
}

function plain(text: string): string {
  return text.toLowerCase().replace(new RegExp(`[\\s+\\\\${UNSEEN.join('')}]`, 'gu'), '');
}
