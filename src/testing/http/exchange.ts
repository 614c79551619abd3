/** A request as the fake's behaviours see it. */
export interface FakeRequest {
  readonly method: string;
  /** Absolute, at the fake's own origin. */
  readonly url: URL;
  /** Names are in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
  /** The body was longer than a server would take; `body` is only its beginning. */
  readonly tooLarge: boolean;
  /** Address of the caller. */
  readonly ip: string;
}

/** What kind of address a request goes to. */
export type Endpoint = 'api' | 'token' | 'revocation' | 'authorization' | 'upload';

/** An answer before it is sent. `body` is a value that is sent as JSON; a string or bytes are sent as they are. */
export interface FakeResponse {
  /** From 200 to 599. */
  status: number;
  /** Names as they go on the wire. */
  headers: Record<string, string | string[]>;
  body?: unknown;
}
