/** A request as the fake's behaviours see it. */
export interface FakeRequest {
  readonly method: string;
  /** Absolute, at the fake's own origin. */
  readonly url: URL;
  /** Names are in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
  /** The fields of a form, without its files; absent if the body isn't a form. */
  readonly form?: readonly [name: string, value: string][];
  /** The body was longer than a server accepts; `body` holds only its beginning. */
  readonly tooLarge: boolean;
  /** Address of the caller. */
  readonly ip: string;
}

/** The kind of address that a request goes to. */
export type Endpoint = 'api' | 'token' | 'revocation' | 'authorization' | 'upload';

/** An answer before it is sent. A `body` that is a string or bytes is sent as it is; any other value as JSON. */
export interface FakeResponse {
  /** From 200 to 599. */
  status: number;
  /** Names as they are sent. */
  headers: Record<string, string | string[]>;
  body?: unknown;
}
