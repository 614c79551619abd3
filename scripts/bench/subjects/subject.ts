/** A client to measure. */
export interface Subject {
  /** Prepares to retrieve a small object repeatedly. */
  retrieve(baseUrl: string): () => Promise<unknown>;
  /** Prepares to walk over the pages of a long collection; only for clients that follow `Link` headers. */
  walk?(baseUrl: string): () => AsyncIterable<readonly unknown[]>;
}
