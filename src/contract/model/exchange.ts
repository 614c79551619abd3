import type { Operation } from '../../document/index.js';
import type { Probe } from './probe.js';

/** A request as it is sent. */
export interface WireRequest {
  /** Upper case. */
  method: string;
  /** Absolute. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** An answer as it was received. */
export interface WireResponse {
  status: number;
  headers: Headers;
  /** As text; empty if there is none. */
  body: string;
  /** The body isn't UTF-8, which RFC 8259, section 8.1 requires. */
  malformedText?: true;
  /** Time from the request to the last byte of the answer, if known. */
  seconds?: number;
  /** The body began with a byte order mark, which `body` leaves out. */
  byteOrderMark?: true;
}

/** A request that was sent, and its answer. */
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

/** A probe that was sent, and its answer. */
export interface Exchange extends Sent {
  probe: Probe;
  operation: Operation;
}

/** A probe, and its request that was not answered. */
export interface Unanswered {
  probe: Probe;
  request: WireRequest;
}

/** A probe that got no answer, or only one from a gateway. */
export interface Silence extends Unanswered {
  /** `connection reset`, `502` */
  reason: string;
  /** It was answered when sent again. */
  recovered?: true;
}
