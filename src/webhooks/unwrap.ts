import type { WebhookEvent } from '../../generated/webhooks.js';
import { headerOf, type WebhookHeaders } from './headers.js';
import { type SignedHeaders, type Signer, SVIX_HEADERS, signerOf, TOLERANCE } from './svix.js';
import { WebhookError } from './webhook-error.js';

/** The raw body, before parsing: the signature covers each of its bytes. */
export type WebhookBody = string | ArrayBuffer | ArrayBufferView;

/**
 * Verifies a webhook and returns its event.
 *
 * The header `svix-id` stays the same when a message is delivered again, so use it to recognise repeated events. An
 * event of a type that the document doesn't know yet is returned as it is.
 *
 * @param body the raw body, text or bytes.
 * @param headers of the request, in any form.
 * @param secret of the endpoint, as the webhook portal shows it: `whsec_…`.
 * @throws WebhookError whose `reason` says why the message must not be trusted. It shows neither secret nor body.
 * @example
 * const event = unwrapWebhook(await request.text(), request.headers, process.env.EV_ENERGY_WEBHOOK_SECRET);
 */
export function unwrapWebhook(
  body: WebhookBody,
  headers: WebhookHeaders,
  secret: string | undefined,
): WebhookEvent {
  const signer = signerFrom(secret);
  const text = bodyText(body);
  const signed = signedHeaders(headers);
  if (!signer.accepts(text, signed)) throw refusal(signed);
  return eventIn(text);
}

function signerFrom(secret: string | undefined): Signer {
  if (typeof secret !== 'string' || secret === '') {
    throw new WebhookError('wrong-secret', 'The secret is missing: give the one of the endpoint, whsec_…');
  }
  const form = "The secret must be 'whsec_' and base64, as the webhook portal shows it";
  // Without the prefix the library would decode the text as base64 if it can, and no signature would ever match.
  if (!secret.startsWith('whsec_')) throw new WebhookError('wrong-secret', form);
  try {
    return signerOf(secret);
  } catch {
    // Without the cause, which might show the secret.
    throw new WebhookError('wrong-secret', form);
  }
}

function bodyText(body: WebhookBody): string {
  if (typeof body === 'string') return body;
  if (!isBytes(body)) {
    throw new WebhookError(
      'unreadable-body',
      'The body must be given as it came, text or bytes: one that was parsed can no longer be verified',
    );
  }
  try {
    // A byte order mark is covered by the signature like everything else.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new WebhookError('unreadable-body', 'The body is not UTF-8');
  }
}

function isBytes(body: unknown): body is ArrayBuffer | ArrayBufferView {
  // By its tag: a buffer of another realm, such as a test runner's, isn't an instance of this realm's class.
  return ArrayBuffer.isView(body) || Object.prototype.toString.call(body) === '[object ArrayBuffer]';
}

function signedHeaders(headers: WebhookHeaders): SignedHeaders {
  const read = (name: string) => {
    const value = headerOf(headers, name);
    if (value === undefined) throw new WebhookError('missing-header', `The header ${name} is missing`);
    return value;
  };
  const signed = {
    id: read(SVIX_HEADERS.id),
    timestamp: read(SVIX_HEADERS.timestamp),
    signature: read(SVIX_HEADERS.signature),
  };
  if (!/^\d{1,15}$/.test(signed.timestamp)) {
    throw new WebhookError(
      'invalid-header',
      `${SVIX_HEADERS.timestamp} must be a number of seconds since 1970`,
    );
  }
  return signed;
}

/** Says why a message that has all headers was refused. */
function refusal({ timestamp }: SignedHeaders): WebhookError {
  const age = Math.floor(Date.now() / 1000) - Number(timestamp);
  if (Math.abs(age) > TOLERANCE) {
    const when = age > 0 ? `${age} seconds ago` : `${-age} seconds in the future`;
    return new WebhookError('stale', `The message was signed ${when}; ${TOLERANCE} are allowed`);
  }
  return new WebhookError(
    'wrong-signature',
    `No signature in ${SVIX_HEADERS.signature} was made with this secret over this body: ` +
      'is it the secret of this endpoint, and the body as it came?',
  );
}

function eventIn(text: string): WebhookEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Without the cause, whose message quotes the body.
    throw new WebhookError('no-json', 'The signature is right, but the body is not JSON');
  }
  const isEvent =
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
  if (!isEvent) throw new WebhookError('no-event', "The signature is right, but the body has no 'type'");
  return value as WebhookEvent;
}
