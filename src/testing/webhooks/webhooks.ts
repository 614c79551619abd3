import { SVIX_HEADERS, signerOf } from '../../webhooks/svix.js';
import { aMoment, type Check, checkAll, wholeNumber } from '../check-options.js';
import { Random } from '../made/random.js';
import type {
  Attempt,
  Delivery,
  EventMaker,
  FakeWebhooks,
  Receiver,
  SendOptions,
  SentEvent,
} from './delivery.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Length of a secret in bytes (Standard Webhooks: 24 to 64). */
const SECRET_BYTES = 24;

const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** One check per option; forgetting one is a compile error. */
const CHECKS: Readonly<Record<keyof SendOptions, Check>> = {
  data: () => undefined,
  id: (value) => (isText(value) ? undefined : 'a string'),
  timestamp: aMoment,
  signedAt: aMoment,
  secret: (value) => {
    const secrets = [value].flat();
    return secrets.length > 0 && secrets.every(isText) ? undefined : 'a secret, or a list of them';
  },
  attempts: wholeNumber(1),
  wait: wholeNumber(0),
  timeout: wholeNumber(1),
};

/** What the webhooks need from the fake. */
export interface Around {
  events: EventMaker;
  seed: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Waits for the given time, or until the fake is closed. */
  wait: (milliseconds: number) => Promise<void>;
}

/** Signs events and sends them until they are answered with a success. */
export class Webhooks implements FakeWebhooks {
  readonly secret: string;
  readonly deliveries: Delivery[] = [];
  readonly #around: Around;
  readonly #random: Random;

  constructor(around: Around) {
    this.#around = around;
    this.#random = new Random(`${around.seed} webhooks`);
    const bytes = Array.from({ length: SECRET_BYTES }, () =>
      String.fromCharCode(this.#random.integer(0, 255)),
    );
    this.secret = `whsec_${btoa(bytes.join(''))}`;
  }

  async send(event: string | SentEvent, to: Receiver, options: SendOptions = {}): Promise<Delivery> {
    checkAll('', options, CHECKS);
    const { data, timestamp = new Date(this.#around.now()), id = this.#newId() } = options;
    const made =
      typeof event === 'string'
        ? this.#around.events.make(event, { data, timestamp: timestamp.toISOString() })
        : event;
    return this.#deliver({ id, event: made, body: JSON.stringify(made) }, to, options);
  }

  async resend(delivery: Delivery, to: Receiver, options: SendOptions = {}): Promise<Delivery> {
    checkAll('', options, CHECKS);
    return this.#deliver(delivery, to, options);
  }

  async #deliver(
    { id, event, body }: Pick<Delivery, 'id' | 'event' | 'body'>,
    to: Receiver,
    options: SendOptions,
  ): Promise<Delivery> {
    if (typeof to === 'string' && !URL.canParse(to))
      throw new TypeError(`${to} is not an absolute URL to send to`);
    const { attempts: most = 5, wait = 50, timeout = 15_000 } = options;
    const attempts: Attempt[] = [];
    const isDelivered = () => String(attempts.at(-1)?.status).startsWith('2');
    while (attempts.length < most && !isDelivered()) {
      if (attempts.length > 0) await this.#around.wait(wait);
      attempts.push(await attempt(to, this.#headers(id, event, body, options), body, timeout));
    }
    const delivery = { id, event, body, attempts, delivered: isDelivered() };
    this.deliveries.push(delivery);
    return delivery;
  }

  #headers(id: string, event: SentEvent, body: string, options: SendOptions): Record<string, string> {
    const at = options.signedAt ?? new Date(this.#around.now());
    const secrets = [options.secret ?? this.secret].flat();
    return {
      'Content-Type': 'application/json',
      ...this.#around.events.headers(event.type, new Set(Object.values(SVIX_HEADERS))),
      [SVIX_HEADERS.id]: id,
      [SVIX_HEADERS.timestamp]: String(Math.floor(at.getTime() / 1000)),
      [SVIX_HEADERS.signature]: secrets.map((secret) => signerOf(secret).sign(id, at, body)).join(' '),
    };
  }

  #newId(): string {
    return `msg_${Array.from({ length: 27 }, () => this.#random.pick([...ALPHABET])).join('')}`;
  }
}

async function attempt(
  to: Receiver,
  headers: Record<string, string>,
  body: string,
  timeout: number,
): Promise<Attempt> {
  const url = typeof to === 'function' ? 'https://receiver.invalid/' : to;
  const ending = new AbortController();
  const request = new Request(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: ending.signal,
  });
  const end = () => ending.abort(new Error(`no answer within ${timeout} ms`));
  const timer = setTimeout(end, timeout);
  try {
    const answer = typeof to === 'function' ? to(request) : fetch(request);
    const response = await Promise.race([answer, aborted(ending.signal)]);
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects when the signal aborts, since a function that answers may ignore the signal. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
