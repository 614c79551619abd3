import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EvEnergy, TimeoutError } from '../../index.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A transport that never answers, and the signals that it was given. */
function silence() {
  const signals: (AbortSignal | null | undefined)[] = [];
  const fetch = (_: string, init: RequestInit) => {
    signals.push(init.signal);
    return new Promise<Response>((_resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });
  };
  return { signals, fetch };
}

test('without a timeout of its own a call ends after 30 s, and so does its request', async () => {
  const { signals, fetch } = silence();
  const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1', fetch, maxRetries: 0 });
  const error = ev.evseMakes.retrieve('a').catch((thrown: unknown) => thrown);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(signals[0]?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await error).toBeInstanceOf(TimeoutError);
  expect(signals[0]?.aborted).toBe(true);
});

test('the time limit ends each request itself, the first and the hundredth', async () => {
  const { signals, fetch } = silence();
  const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1', fetch, maxRetries: 0 });
  for (let call = 0; call < 100; call += 1) {
    const error = ev.evseMakes.retrieve('a').catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(signals[call]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await error).toBeInstanceOf(TimeoutError);
    expect(signals[call]?.aborted).toBe(true);
  }
});

test('with a timeout of its own, or a signal, every request is truly ended', async () => {
  const { signals, fetch } = silence();
  const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1', fetch, maxRetries: 0 });
  const controller = new AbortController();
  const calls = [
    ev.evseMakes.retrieve('a', {}, { timeout: 100 }),
    ev.evseMakes.retrieve('a', {}, { signal: controller.signal }),
  ].map((call) => call.catch(() => 'ended'));
  await vi.advanceTimersByTimeAsync(101);
  controller.abort();
  expect(await Promise.all(calls)).toEqual(['ended', 'ended']);
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
});

test('an answer that comes after all is let go', async () => {
  let answer: (response: Response) => void = () => {};
  const cancel = vi.fn();
  const fetch = () => new Promise<Response>((resolve) => (answer = resolve));
  const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1', fetch, maxRetries: 0 });
  const call = ev.evseMakes.retrieve('a').catch((thrown: unknown) => thrown);
  await vi.advanceTimersByTimeAsync(30_001);
  expect(await call).toBeInstanceOf(TimeoutError);
  answer(new Response(new ReadableStream({ cancel })));
  await vi.advanceTimersByTimeAsync(1);
  expect(cancel).toHaveBeenCalledTimes(1);
});

test('a body that goes on for too long is let go', async () => {
  const cancel = vi.fn();
  const fetch = async () => new Response(new ReadableStream({ cancel }));
  const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1', fetch, maxRetries: 0 });
  const call = ev.evseMakes.retrieve('a').catch((thrown: unknown) => thrown);
  await vi.advanceTimersByTimeAsync(30_001);
  expect(await call).toBeInstanceOf(TimeoutError);
  expect(cancel).toHaveBeenCalledTimes(1);
});

test('no timer is left behind', async () => {
  const fetch = async () => Response.json({});
  const ev = new EvEnergy({ baseUrl: 'http://127.0.0.1', fetch });
  await ev.evseMakes.retrieve('a');
  await ev.evseMakes.retrieve('a', {}, { timeout: 100 });
  await ev.evseMakes.retrieve('a').asResponse();
  const broken = new EvEnergy({
    baseUrl: 'http://127.0.0.1',
    maxRetries: 0,
    fetch: () => {
      throw new Error('no transport');
    },
  });
  await expect(broken.evseMakes.retrieve('a')).rejects.toThrow(/get-evse_makes-evse_make_id .*no transport/);
  expect(vi.getTimerCount()).toBe(0);
});
