import type { Operation } from '../../document/index.js';
import type { Probe } from './probe.js';

/** A request as it goes over the wire. */
export interface WireRequest {
  /** Upper case. */
  method: string;
  /** Absolute. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** An answer as it came over the wire. */
export interface WireResponse {
  status: number;
  headers: Headers;
  body: string;
  /** The body's bytes are not UTF-8, which RFC 8259, section 8.1, asks for. */
  malformedText?: true;
  /** What it took from the request to its last byte, where that is known. */
  seconds?: number;
  /** The body began with a byte order mark, which `body` is without. */
  byteOrderMark?: true;
}

/** A request that was sent, and the answer. */
export interface Sent {
  /** Counted from 1 in the order of sending. */
  number: number;
  /** What was asked, in words. */
  name: string;
  request: WireRequest;
  response: WireResponse;
  /** The body read as JSON; undefined when it isn't JSON. */
  json: { value: unknown } | undefined;
}

/** A probe that was sent, and the answer. */
export interface Exchange extends Sent {
  probe: Probe;
  operation: Operation;
}

/** A probe to which no answer came, or only one of a gateway. */
export interface Silence {
  probe: Probe;
  request: WireRequest;
  /** `connection reset`, `502` */
  reason: string;
  /** Sent once more it was answered. */
  recovered?: true;
}
