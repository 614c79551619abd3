import type { Resource } from '../resources/resource.js';

/** Where to send webhooks: an address, or a function that answers like a server. */
export type Receiver = string | URL | ((request: Request) => Response | Promise<Response>);

/** An event as it is sent; the API's documentation calls it the envelope. */
export interface SentEvent extends Resource {
  /** What happened, as the document names it. */
  type: string;
  /** When it happened (RFC 3339). */
  timestamp: string;
  /** The resource that it is about. */
  data: unknown;
}

/** How to send an event. */
export interface SendOptions {
  /**
   * What the event is about: a resource, or the URL of one of the fake's. Default: the fake's newest resource of that
   * kind, else one made from the document.
   */
  data?: unknown;
  /** Default: a new id. Sending the same id again repeats the message. */
  id?: string;
  /** When the event happened. Default: now. */
  timestamp?: Date;
  /** The time of signing that the receiver sees. Default: now, for each attempt. */
  signedAt?: Date;
  /** Secrets to sign with; several while keys rotate. Default: the fake's. */
  secret?: string | readonly string[];
  /** Most attempts, until one is answered with a success. Default 5. */
  attempts?: number;
  /** Milliseconds between attempts. Default 50; the real ones grow from seconds to hours. */
  wait?: number;
  /** Milliseconds that an answer may take. Default 15,000. */
  timeout?: number;
}

/** One attempt to deliver a message. */
export interface Attempt {
  /** Status of the answer; absent if none came. */
  status?: number;
  /** Why no answer came. */
  error?: string;
}

/** A message, and how its delivery went. */
export interface Delivery {
  /** The same for all attempts (`svix-id`). */
  readonly id: string;
  readonly event: SentEvent;
  /** The event as it was sent. */
  readonly body: string;
  /** In order; the last one decides. */
  readonly attempts: readonly Attempt[];
  /** Whether it was answered with a success. */
  readonly delivered: boolean;
}

/** Makes the events that a document describes. */
export interface EventMaker {
  /** @throws TypeError for a type that the document lacks, or data that the fake lacks. */
  make(type: string, fields: { data?: unknown; timestamp: string }): SentEvent;
  /** The headers of an event of this type, without the ones to leave out. */
  headers(type: string, without: ReadonlySet<string>): Record<string, string>;
}

/** The webhooks of a fake. */
export interface FakeWebhooks {
  /** Signs the messages; give it to the receiver as its secret. */
  readonly secret: string;
  /** The deliveries so far, oldest first. */
  readonly deliveries: readonly Delivery[];
  /**
   * Sends a signed event, and repeats it with the same id after a failure (no answer, or another status than 2xx).
   *
   * @param event type of the event, or the event itself as it should be sent.
   * @throws TypeError for a type that the document lacks, or a misspelt option.
   * @example
   * const { delivered } = await fake.webhooks.send(type, 'http://127.0.0.1:3000/webhooks');
   */
  send(event: string | SentEvent, to: Receiver, options?: SendOptions): Promise<Delivery>;
  /** Sends a message again, as happens if an answer was lost: the same id and body, with a new signature. */
  resend(
    delivery: Delivery,
    to: Receiver,
    options?: Omit<SendOptions, 'data' | 'id' | 'timestamp'>,
  ): Promise<Delivery>;
}
