import type { Faults } from './faults/orders.js';
import type { Fetch } from './http/fetch.js';
import type { Recorded } from './http/recorded.js';
import type { AuthorizationRequest } from './oauth/codes.js';
import type { Grant } from './oauth/grant.js';
import type { FakeWebhooks } from './webhooks/delivery.js';
import type { Overrides, ReceivedFile, World } from './world.js';

/** A fake of the API. */
export interface Fake extends AsyncDisposable {
  /** Base URL of the API: what a client takes as `baseUrl`. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly revocationUrl: string;
  readonly authorizationUrl: string | undefined;
  /** An access token of the first client with all its scopes, of no user. */
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The requests so far, oldest first. */
  readonly requests: Recorded[];
  /** What shall go wrong. */
  readonly faults: Faults;
  /** Sends the events that the API sends by itself. */
  readonly webhooks: FakeWebhooks;
  /** The files that were uploaded, by the id of their resource. */
  readonly uploads: ReadonlyMap<string, ReceivedFile>;
  /** What the fake consists of, to look at or to change the data behind the API. */
  readonly world: World;
  /**
   * A `fetch` that reaches this fake in process, without a socket, and nothing else: `new EvEnergy({ fetch:
   * fake.fetch, baseUrl: fake.url, … })`. It rejects as the standard one does: with the signal's reason, or with
   * `TypeError: fetch failed` where the connection breaks or the request goes to another origin.
   */
  readonly fetch: Fetch;
  /** An access token. Default: of the first client with all its scopes, of no user. `lifetime` in seconds. */
  issueToken(grant?: Partial<Grant> & { lifetime?: number }): string;
  /** An authorization code, as the consent of the user gives it. */
  authorize(request: AuthorizationRequest): string;
  /** Replaces behaviours from now on; the returned function takes the replacements back. */
  override(overrides: Overrides): () => void;
  /** Ends what is still waiting. Closing twice does nothing more. */
  close(): Promise<void>;
}

/** A fake that listens on 127.0.0.1. */
export interface ListeningFake extends Fake {
  readonly port: number;
}
