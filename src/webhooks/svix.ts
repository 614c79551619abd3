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

/** Seconds that a message may be old, or ahead of the receiver's clock (Standard Webhooks, "Verifying timestamp"). */
export const TOLERANCE = 300;

/** The values of those headers. */
export type SignedHeaders = Record<keyof typeof SVIX_HEADERS, string>;

/** What signs messages, and tells whether a signature is its own. The one place that calls the library. */
export interface Signer {
  /** A signature with its version in front: `v1,…`. */
  sign(id: string, at: Date, body: string): string;
  /** Whether one of the signatures is right, and the message was signed within the tolerance. */
  accepts(body: string, headers: SignedHeaders): boolean;
}

/** @throws Error when what stands behind `whsec_` is no base64, or nothing. */
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
