import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { EvEnergyError } from '../index.js';
import { unwrapWebhook, WebhookError, type WebhookHeaders } from './index.js';

const KEY = Buffer.from('a key of exactly 24 byte');
const SECRET = `whsec_${KEY.toString('base64')}`;
const NOW = Date.UTC(2026, 5, 30, 12);
const BODY = '{"type":"kettle.boiled","timestamp":"2026-06-30T12:00:00Z","data":{"name":"Käthe"}}';

/** Signed with Node's own functions, so that the library isn't tested against itself. */
function signature(body: string | Buffer, { id = 'msg_1', seconds = NOW / 1000, key = KEY } = {}): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')}`;
}

const signed = (headers: Record<string, string> = {}) => ({
  'svix-id': 'msg_1',
  'svix-timestamp': String(NOW / 1000),
  'svix-signature': signature(BODY),
  ...headers,
});

function refusal(body: unknown, headers: unknown, secret: unknown = SECRET): WebhookError {
  try {
    unwrapWebhook(body as string, headers as WebhookHeaders, secret as string);
  } catch (error) {
    if (error instanceof WebhookError) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

describe('unwrapWebhook', () => {
  beforeAll(() => {
    vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  });
  // Other files share this process: where time stands still, their locks wait for ever.
  afterAll(() => {
    vi.useRealTimers();
  });
  afterEach(() => {
    vi.setSystemTime(NOW);
  });

  it.each<[string, (text: string) => string | ArrayBuffer | ArrayBufferView]>([
    ['text', (text) => text],
    ['a Buffer', (text) => Buffer.from(text)],
    ['a Uint8Array', (text) => new TextEncoder().encode(text)],
    ['a part of a larger buffer', (text) => Buffer.from(`  ${text} `).subarray(2, -1)],
    ['an ArrayBuffer', (text) => new Uint8Array(Buffer.from(text)).buffer],
  ])('gives the event that a body brings which is %s', (_, body) => {
    expect(unwrapWebhook(body(BODY), signed(), SECRET)).toEqual(JSON.parse(BODY));
  });

  it.each<[string, WebhookHeaders]>([
    ['Headers', new Headers(signed())],
    ['a record', signed()],
    [
      'a record in capitals',
      { 'Svix-Id': 'msg_1', 'SVIX-TIMESTAMP': `${NOW / 1000}`, 'Svix-Signature': signature(BODY) },
    ],
    [
      "Node's headersDistinct",
      Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name, [value]])),
    ],
    ['pairs', Object.entries(signed())],
    ['raw headers of Node', Object.entries(signed()).flat()],
    ['a Map', new Map(Object.entries(signed()))],
  ])('takes the headers as %s', (_, headers) => {
    expect(unwrapWebhook(BODY, headers, SECRET)).toHaveProperty('type', 'kettle.boiled');
  });

  it('takes one right signature among others, as there are while keys rotate', () => {
    const other = signature(BODY, { key: Buffer.from('another key of 24 bytes!') });
    for (const several of [
      [other, signature(BODY)],
      ['v1a,later', 'v2', other, signature(BODY)],
    ]) {
      const headers = signed({ 'svix-signature': several.join(' ') });
      expect(unwrapWebhook(BODY, headers, SECRET)).toHaveProperty('type');
    }
    expect(refusal(BODY, signed({ 'svix-signature': `${other} ${other}` })).reason).toBe('wrong-signature');
  });

  it('lets a message be five minutes old or ahead, and no second more', () => {
    for (const offset of [-300, 300]) {
      vi.setSystemTime(NOW + offset * 1000);
      expect(unwrapWebhook(BODY, signed(), SECRET)).toHaveProperty('type');
    }
    vi.setSystemTime(NOW + 301_000);
    expect(refusal(BODY, signed()).reason).toBe('stale');
    expect(refusal(BODY, signed()).message).toContain('301 seconds ago');
    vi.setSystemTime(NOW - 301_000);
    expect(refusal(BODY, signed()).message).toContain('301 seconds in the future');
  });

  it.each(['svix-id', 'svix-timestamp', 'svix-signature'])(
    'names the header %s where it is missing',
    (name) => {
      const error = refusal(BODY, { ...signed(), [name]: undefined });
      expect(error).toMatchObject({ name: 'WebhookError', reason: 'missing-header' });
      expect(error.message).toContain(name);
      expect(error).toBeInstanceOf(EvEnergyError);
    },
  );

  it.each([
    ['another body', BODY.replace('Käthe', 'Karl'), signed()],
    ['another id', BODY, signed({ 'svix-id': 'msg_2' })],
    ['another time', BODY, signed({ 'svix-timestamp': String(NOW / 1000 - 1) })],
    ['a signature without its version', BODY, signed({ 'svix-signature': signature(BODY).slice(3) })],
    ['a signature that is cut off', BODY, signed({ 'svix-signature': signature(BODY).slice(0, -2) })],
    ['an empty signature', BODY, signed({ 'svix-signature': 'v1,' })],
    ['a body that was parsed and written anew', JSON.stringify(JSON.parse(BODY), null, 2), signed()],
  ])('refuses a signature over %s', (_, body, headers) => {
    expect(refusal(body, headers).reason).toBe('wrong-signature');
  });

  it.each(['soon', '1e9', '-5', '12.5', '0x10'])('refuses %s as a time', (time) => {
    expect(refusal(BODY, signed({ 'svix-timestamp': time })).reason).toBe('invalid-header');
  });

  it('tells a body that was parsed from one that can be verified', () => {
    expect(refusal(JSON.parse(BODY), signed()).reason).toBe('unreadable-body');
    expect(refusal(undefined, signed()).message).toContain('as it came');
    const latin = Buffer.from(BODY, 'latin1');
    expect(refusal(latin, signed({ 'svix-signature': signature(latin) })).reason).toBe('unreadable-body');
  });

  it('verifies a byte order mark like each other byte', () => {
    const marked = Buffer.from(`\uFEFF${BODY}`);
    expect(refusal(marked, signed()).reason).toBe('wrong-signature');
  });

  it.each([
    ['', 'no-json'],
    ['<html>', 'no-json'],
    ['null', 'no-event'],
    ['["type"]', 'no-event'],
    ['{"type":7}', 'no-event'],
  ])('refuses %j though it is signed', (body, reason) => {
    expect(refusal(body, signed({ 'svix-signature': signature(body) })).reason).toBe(reason);
  });

  it.each([undefined, '', 'whsec_', 'whsec_no base64', KEY.toString('hex'), KEY.toString('base64'), 7])(
    'refuses %j as a secret, and shows none of it',
    (secret) => {
      const error = refusal(BODY, signed(), secret ?? null);
      expect(error.reason).toBe('wrong-secret');
      if (String(secret ?? '').length > 6) expect(error.message).not.toContain(String(secret).slice(6));
      expect(error.cause).toBeUndefined();
    },
  );

  it('shows neither secret nor body in any refusal', () => {
    for (const [body, headers] of [
      [BODY, signed({ 'svix-id': 'other' })],
      ['{"a', signed({ 'svix-signature': signature('{"a') })],
    ] as const) {
      const error = refusal(body, headers);
      const shown = `${error.message} ${error.stack} ${JSON.stringify(error)}`;
      expect(shown).not.toContain(SECRET.slice(6));
      expect(shown).not.toContain(body);
    }
  });
});
