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
  ['cut off', (secret) => `${secret.slice(0, -2)}…`],
];

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
      .replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/&#x([\da-f]+);/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/&#(\d+);/g, (_, decimal) => String.fromCharCode(Number(decimal)))
      .replace(/&(amp|lt|quot);/g, (_, name) => ({ amp: '&', lt: '<', quot: '"' })[name as 'amp'] ?? '');
  }
  return false;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s+\\]/g, '');
}
