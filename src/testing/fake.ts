import type { Faults } from './faults/orders.js';
import type { Fetch } from './http/fetch.js';
import type { Recorded } from './http/recorded.js';
import type { AuthorizationRequest } from './oauth/codes.js';
import type { Grant } from './oauth/grant.js';
import type { FakeWebhooks } from './webhooks/delivery.js';
import type { Overrides, ReceivedFile, World } from './world.js';

/** A fake of the API. */
export interface Fake extends AsyncDisposable {
  /** Base URL of the API; pass it to a client as `baseUrl`. */
  readonly url: string;
  /** Absolute URL of the token endpoint. */
  readonly tokenUrl: string;
  /** Absolute URL of the revocation endpoint (RFC 7009). */
  readonly revocationUrl: string;
  /** Absolute URL of the authorization endpoint; undefined if the document has no authorization code grant. */
  readonly authorizationUrl: string | undefined;
  /** An access token of the first client, with all its scopes and without a user. */
  readonly token: string;
  /** Id of the first client: `fake-client` unless you pass others. */
  readonly clientId: string;
  /** Secret of the first client; empty for a public one. */
  readonly clientSecret: string;
  /** The requests so far, oldest first. */
  readonly requests: Recorded[];
  /** Makes requests fail. */
  readonly faults: Faults;
  /** Sends the events that the API would send on its own. */
  readonly webhooks: FakeWebhooks;
  /** The uploaded files, by the id of their resource. */
  readonly uploads: ReadonlyMap<string, ReceivedFile>;
  /** The parts of the fake, to inspect or change the data behind the API. */
  readonly world: World;
  /**
   * A `fetch` that reaches only this fake, in process, without a socket: `new EvEnergy({ fetch: fake.fetch, baseUrl:
   * fake.url, … })`. It rejects as the standard one does: with the signal's reason, or with `TypeError: fetch failed`
   * if the connection breaks or the request goes to another origin.
   */
  readonly fetch: Fetch;
  /**
   * Issues an access token. Default: for the first client, with all its scopes and without a user. `lifetime` is in
   * seconds.
   */
  issueToken(grant?: Partial<Grant> & { lifetime?: number }): string;
  /** Issues an authorization code, as if the user had consented. */
  authorize(request: AuthorizationRequest): string;
  /** Replaces behaviours from now on; the returned function undoes that. */
  override(overrides: Overrides): () => void;
  /** Ends everything that still waits. Closing twice has no further effect. */
  close(): Promise<void>;
}

/** A fake that listens on 127.0.0.1. */
export interface ListeningFake extends Fake {
  /** On 127.0.0.1. */
  readonly port: number;
}
