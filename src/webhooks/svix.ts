import { Webhook } from 'standardwebhooks';

/**
 * The headers of a webhook, as Svix names them. The value of `id` stays the same when a message is delivered again.
 *
 * @see https://docs.svix.com/receiving/verifying-payloads/how-manual
 */
export const SVIX_HEADERS = {
  id: 'svix-id',
  timestamp: 'svix-timestamp',
  signature: 'svix-signature',
} as const;

/**
 * Seconds by which a message may be older than the receiver's clock, or ahead of it (Standard Webhooks, "Verifying
 * timestamp").
 */
export const TOLERANCE = 300;

/** Values of these headers. */
export type SignedHeaders = Record<keyof typeof SVIX_HEADERS, string>;

/** Signs messages and verifies signatures. Only this file calls the library. */
export interface Signer {
  /** Returns a signature with its version: `v1,…`. */
  sign(id: string, at: Date, body: string): string;
  /** Whether one of the signatures is valid and the message was signed within the tolerance. */
  accepts(body: string, headers: SignedHeaders): boolean;
}

/** @throws Error if the part after `whsec_` is empty or isn't base64 */
export function signerOf(secret: string): Signer {
  const webhook = new Webhook(secret);
  return {
    sign: (id, at, body) => webhook.sign(id, at, body),
    accepts(body, { id, timestamp, signature }) {
      const standard = {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signature,
      };
      try {
        webhook.verify(body, standard, { jsonParse: false });
        return true;
      } catch {
        return false;
      }
    },
  };
}
