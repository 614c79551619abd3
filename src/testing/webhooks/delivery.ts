import type { Resource } from '../resources/resource.js';

/** Where webhooks go: an address, or a function that answers in place of a server there. */
export type Receiver = string | URL | ((request: Request) => Response | Promise<Response>);

/** An event as it is sent: what the API's documentation calls the envelope. */
export interface SentEvent extends Resource {
  type: string;
  timestamp: string;
  data: unknown;
}

export interface SendOptions {
  /**
   * What the event is about: a resource, or the URL of one of the fake's. Default: the newest of the fake's resources
   * of that kind, else one that is made from the document.
   */
  data?: unknown;
  /** Default: a new one. The same id again is the same message again. */
  id?: string;
  /** When it has happened. Default: now. */
  timestamp?: Date;
  /** When it is signed, as the receiver is told. Default: now, at each attempt anew. */
  signedAt?: Date;
  /** What it is signed with: several while keys rotate. Default: the fake's. */
  secret?: string | readonly string[];
  /** How often it is sent at most, until it is answered with a success. Default 5. */
  attempts?: number;
  /** Milliseconds between attempts. Default 50; the real ones grow from seconds to hours. */
  wait?: number;
  /** Milliseconds that an answer may take. Default 15,000. */
  timeout?: number;
}

/** One attempt to deliver a message. */
export interface Attempt {
  /** Status of the answer; absent where none came. */
  status?: number;
  /** Why no answer came. */
  error?: string;
}

/** A message, and what became of it. */
export interface Delivery {
  readonly id: string;
  readonly event: SentEvent;
  /** The event as it went over the wire. */
  readonly body: string;
  /** In their order; the last one decides. */
  readonly attempts: readonly Attempt[];
  /** Whether it was answered with a success. */
  readonly delivered: boolean;
}

/** Makes the events that a document describes. */
export interface EventMaker {
  /** @throws TypeError for a type that the document doesn't have, or data that the fake doesn't have. */
  make(type: string, fields: { data?: unknown; timestamp: string }): SentEvent;
  /** The headers of an event of this type, without those named. */
  headers(type: string, without: ReadonlySet<string>): Record<string, string>;
}

/** The webhooks of a fake. */
export interface FakeWebhooks {
  /** What messages are signed with: what the receiver takes as its secret. */
  readonly secret: string;
  /** The deliveries so far, oldest first. */
  readonly deliveries: readonly Delivery[];
  /**
   * Sends an event, signed, and once more after a failure (no answer, or another status than 2xx), with the same id.
   *
   * @param event type of the event, or the event itself as it shall be sent.
   * @throws TypeError for a type that the document doesn't have, or a misspelt option.
   * @example
   * const { delivered } = await fake.webhooks.send(type, 'http://127.0.0.1:3000/webhooks');
   */
  send(event: string | SentEvent, to: Receiver, options?: SendOptions): Promise<Delivery>;
  /** Sends a message once more, as happens where an answer got lost: the same id, the same body, signed anew. */
  resend(
    delivery: Delivery,
    to: Receiver,
    options?: Omit<SendOptions, 'data' | 'id' | 'timestamp'>,
  ): Promise<Delivery>;
}
