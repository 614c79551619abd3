import { describe, expect, it } from 'vitest';
import { serve } from '../../../scripts/test/http-server.js';
import { webhookDocument } from '../../../scripts/test/webhook-document.js';
import { unwrapWebhook } from '../../webhooks/index.js';
import { createFake } from '../index.js';

const fakeOf = () => createFake({ document: webhookDocument() });

describe('fake.webhooks', () => {
  it('delivers over HTTP what the receiver can verify, with the headers that the document asks for', async () => {
    const fake = await fakeOf();
    const receiver = await serve(() => ({ status: 204 }));
    const { id, event, attempts, delivered } = await fake.webhooks.send(
      'loaf.baked',
      `${receiver.url}/hooks`,
    );
    const [request] = receiver.requests;
    expect({ attempts, delivered }).toEqual({ attempts: [{ status: 204 }], delivered: true });
    expect(request).toMatchObject({ method: 'POST', path: '/hooks' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'svix-event-type': 'loaf.baked',
      'svix-id': id,
    });
    expect(unwrapWebhook(request?.body ?? '', request?.headers ?? {}, fake.webhooks.secret)).toEqual(event);
  });

  it('sends a message again after a failure, with the same id, until it is received', async () => {
    const fake = await fakeOf();
    const receiver = await serve((_, count) =>
      count === 1 ? { cut: 'before' } : { status: count === 2 ? 500 : 200 },
    );
    const { attempts, delivered, id } = await fake.webhooks.send('loaf.baked', receiver.url, { wait: 1 });
    expect(attempts).toEqual([{ error: expect.any(String) }, { status: 500 }, { status: 200 }]);
    expect(delivered).toBe(true);
    expect(receiver.requests.map(({ headers }) => headers['svix-id'])).toEqual([id, id, id]);
    expect(new Set(receiver.requests.map(({ body }) => body)).size).toBe(1);
    for (const { body, headers } of receiver.requests) unwrapWebhook(body, headers, fake.webhooks.secret);
  });

  it('gives up after as many attempts as were asked for; a redirect is a failure too', async () => {
    const fake = await fakeOf();
    const receiver = await serve(() => ({ status: 302, headers: { Location: '/elsewhere' } }));
    const { attempts, delivered } = await fake.webhooks.send('loaf.baked', receiver.url, {
      attempts: 2,
      wait: 1,
    });
    expect({ attempts, delivered }).toEqual({
      attempts: [{ status: 302 }, { status: 302 }],
      delivered: false,
    });
    expect(receiver.requests).toHaveLength(2);
  });

  it('takes a function in place of an address, and one that throws or never answers for a failure', async () => {
    const fake = await fakeOf();
    let calls = 0;
    const { attempts } = await fake.webhooks.send(
      'loaf.baked',
      async (request) => {
        calls += 1;
        if (calls === 1) throw new Error('The database is away');
        if (calls === 2) return new Promise<Response>(() => {});
        unwrapWebhook(await request.arrayBuffer(), request.headers, fake.webhooks.secret);
        return new Response();
      },
      { wait: 1, timeout: 20 },
    );
    expect(attempts).toEqual([
      { error: 'The database is away' },
      { error: 'no answer within 20 ms' },
      { status: 200 },
    ]);
  });

  it('is about the newest resource of the kind, or the one that was named', async () => {
    const fake = await fakeOf();
    const loaves = await (await fake.fetch(`${fake.url}/loaves`)).json();
    const ok = () => new Response();
    expect((await fake.webhooks.send('loaf.baked', ok)).event.data).toEqual(loaves.at(-1));
    expect((await fake.webhooks.send('loaf.baked', ok, { data: loaves[0].url })).event.data).toEqual(
      loaves[0],
    );
    const wrong = { grams: 'many' };
    expect((await fake.webhooks.send('loaf.baked', ok, { data: wrong })).event.data).toEqual(wrong);
    await expect(fake.webhooks.send('loaf.baked', ok, { data: `${fake.url}/loaves/loaf` })).rejects.toThrow(
      'data: the fake has no resource at',
    );
  });

  it('makes an event that the document writes out in place, and sends one that is given as it is', async () => {
    const fake = await fakeOf();
    const ok = () => new Response();
    const timestamp = new Date('2026-06-30T12:00:00Z');
    const { event } = await fake.webhooks.send('oven.cold', ok, { timestamp });
    expect(event).toEqual({
      type: 'oven.cold',
      timestamp: '2026-06-30T12:00:00.000Z',
      data: { degrees: expect.any(Number) },
    });
    const own = { type: 'from.the.future', timestamp: 'soon', data: 7 };
    expect((await fake.webhooks.send(own, ok)).body).toBe(JSON.stringify(own));
  });

  it('sends the same message twice where it is asked to, signs with several secrets, and as of another time', async () => {
    const fake = await fakeOf();
    const requests: Request[] = [];
    const keep = (request: Request) => {
      requests.push(request);
      return new Response();
    };
    const old = `whsec_${btoa('the key of before it was rotated')}`;
    const first = await fake.webhooks.send('loaf.baked', keep, { secret: [old, fake.webhooks.secret] });
    const again = await fake.webhooks.resend(first, keep, { signedAt: new Date(Date.now() - 3_600_000) });
    expect(again).toMatchObject({ id: first.id, body: first.body });
    expect(fake.webhooks.deliveries).toEqual([first, again]);
    const unwrap = async (request: Request | undefined, secret: string) =>
      unwrapWebhook((await request?.clone().text()) ?? '', request?.headers ?? {}, secret);
    expect(await unwrap(requests[0], old)).toEqual(await unwrap(requests[0], fake.webhooks.secret));
    await expect(unwrap(requests[1], fake.webhooks.secret)).rejects.toMatchObject({ reason: 'stale' });
  });

  it('names the event that was meant, and refuses a misspelt option', async () => {
    const fake = await fakeOf();
    const ok = () => new Response();
    await expect(fake.webhooks.send('loaf.backed', ok)).rejects.toThrow(
      "There is no event 'loaf.backed'; there are loaf.baked, oven.cold. Did you mean 'loaf.baked'?",
    );
    await expect(fake.webhooks.send('loaf.baked', ok, { atempts: 1 } as object)).rejects.toThrow(
      "There is no option 'atempts'",
    );
    await expect(fake.webhooks.send('loaf.baked', '/hooks')).rejects.toThrow('is not an absolute URL');
  });

  it('sends the same ids and secret with the same seed', async () => {
    const ids = async (seed: number) => {
      const fake = await createFake({ document: webhookDocument(), seed });
      return [fake.webhooks.secret, (await fake.webhooks.send('loaf.baked', () => new Response())).id];
    };
    expect(await ids(1)).toEqual(await ids(1));
    expect(await ids(1)).not.toEqual(await ids(2));
  });
});
