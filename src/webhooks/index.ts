/**
 * Verifies webhooks, and gives typed events.
 *
 * @module ev-energy-client/webhooks
 */

export type * from '../../generated/webhooks.js';
export type { WebhookHeaders } from './headers.js';
export { unwrapWebhook, type WebhookBody } from './unwrap.js';
export { WebhookError, type WebhookErrorReason } from './webhook-error.js';
