/** A client that is measured. */
export interface Subject {
  /** Prepares to retrieve one small object, again and again. */
  retrieve(baseUrl: string): () => Promise<unknown>;
  /** Prepares to walk over the pages of a long collection; only for clients that follow `Link` headers. */
  walk?(baseUrl: string): () => AsyncIterable<readonly unknown[]>;
}
