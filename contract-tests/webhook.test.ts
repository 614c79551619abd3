import { describe, expect, test } from 'vitest';
import { expectInert, TEXTS } from '../scripts/hostile/texts.js';
import { webhookDocument } from '../scripts/test/webhook-document.js';
import { type ContractMatchers, checkWebhook, contractMatchers, contractOf } from '../src/contract/index.js';
import { createFake } from '../src/testing/index.js';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the interface that is added to has it so
  interface Matchers<T = any> extends ContractMatchers<T> {}
}
expect.extend(contractMatchers);

const contract = contractOf(webhookDocument());
const loaf = { id: 'loaf07', url: 'https://ovens.example.com/v1/loaves/loaf07', grams: 750 };
const event = { type: 'loaf.baked', timestamp: '2026-06-30T12:00:00Z', data: loaf };
const headers = { 'svix-event-type': 'loaf.baked', 'svix-id': 'msg_1' };

describe('checkWebhook', () => {
  test('gives nothing for an event that conforms, as text, as bytes and as a value', async () => {
    const text = JSON.stringify(event);
    for (const body of [event, text, Buffer.from(text), new TextEncoder().encode(text).buffer]) {
      expect(await checkWebhook({ headers, body }, { contract })).toEqual([]);
      expect(await checkWebhook({ body }, { contract })).toEqual([]);
    }
  });

  test('names what is wrong, where, and where the document says so', async () => {
    const body = { ...event, data: { ...loaf, grams: 'many' } };
    expect(await checkWebhook({ headers: {}, body }, { contract })).toEqual([
      expect.objectContaining({
        rule: 'header-present',
        operation: 'loaf.baked',
        where: 'header svix-event-type',
      }),
      expect.objectContaining({ rule: 'header-present', where: 'header svix-id' }),
      {
        rule: 'body-schema',
        operation: 'loaf.baked',
        where: 'body /data/grams',
        expected: 'integer',
        found: '"many"',
        pointer: '#/components/schemas/Loaf/properties/grams/type',
      },
    ]);
  });

  test.each(TEXTS)('says %s in a form that does nothing, and no secret', async (_, text) => {
    const odd = { ...loaf, [text]: text, grams: text, client_secret: 'sk-0123456789', id: 'sk-0123456789' };
    for (const body of [{ ...event, data: odd }, { ...event, type: text }, text]) {
      const found = await checkWebhook(
        { headers: { 'svix-id': '', 'svix-event-type': 'x\u009b' }, body },
        { contract, strict: true },
      );
      expect(found.length).toBeGreaterThan(0);
      for (const { where, expected, found: quoted } of found) {
        for (const one of [where, expected, quoted]) expectInert(one);
        expect(quoted).not.toContain('sk-0123456789');
      }
    }
  });

  test('looks at the type, the headers, JSON, and with strict at unknown fields', async () => {
    const rules = async (received: { body: unknown; headers?: Record<string, string> }, strict = false) =>
      (await checkWebhook(received, { contract, strict })).map(({ rule }) => rule);
    expect(await rules({ body: { ...event, type: 'loaf.burnt' } })).toEqual(['webhook-declared']);
    expect(await rules({ body: [event] })).toEqual(['webhook-declared']);
    expect(await rules({ body: '{"type":' })).toEqual(['body-json']);
    expect(await rules({ body: Buffer.from([0xff, 0xfe]) })).toEqual(['body-json']);
    expect(await rules({ body: event, headers: { ...headers, 'svix-event-type': 'oven.cold' } })).toEqual([
      'header-valid',
    ]);
    expect(await rules({ body: { ...event, more: 1 } })).toEqual([]);
    expect(await rules({ body: { ...event, more: 1 } }, true)).toEqual(['unknown-fields']);
  });

  test('refuses an option that there is not, and what is no webhook', async () => {
    await expect(checkWebhook({ body: event }, { stric: true } as object)).rejects.toThrow(
      "There is no option 'stric'; there are contract, strict. Did you mean 'strict'?",
    );
    await expect(checkWebhook(event as never, { contract })).rejects.toThrow('{ headers, body }');
  });

  test('finds nothing in what the fake sends', async () => {
    const fake = await createFake({ document: webhookDocument() });
    for (const type of ['loaf.baked', 'oven.cold']) {
      const strict = type === 'loaf.baked';
      const { delivered } = await fake.webhooks.send(type, async (request) => {
        await expect(request).toMatchWebhookContract({ contract, strict });
        return new Response(await request.text());
      });
      expect(delivered).toBe(true);
    }
  });
});

describe('toMatchWebhookContract', () => {
  test('takes the event, headers and body, or a Request', async () => {
    const request = new Request('https://a.example', {
      method: 'POST',
      headers,
      body: JSON.stringify(event),
    });
    for (const received of [event, { headers, body: event }, request]) {
      await expect(received).toMatchWebhookContract({ contract });
    }
    await expect({ ...event, data: {} }).not.toMatchWebhookContract({ contract });
  });

  test('fails with each violation, and where it is given something else', async () => {
    const check = expect({ ...event, timestamp: 'noon' }).toMatchWebhookContract({ contract });
    await expect(check).rejects.toThrow(
      /The webhook has 1 violation of the contract:\n {2}body \/timestamp: expected a date-time/,
    );
    await expect(expect('event').toMatchWebhookContract({ contract })).rejects.toThrow('takes a Request');
  });
});
