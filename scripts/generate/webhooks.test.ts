import { describe, expect, it } from 'vitest';
import { webhookDocument } from '../test/webhook-document.js';
import { generateWebhooks } from './webhooks.js';

describe('generated events', () => {
  it('are the models of the document, or written out, and told apart by their type', () => {
    const text = generateWebhooks(webhookDocument());
    expect(text).toContain('/** Loaf baked */\nexport type LoafBakedEvent = models.LoafBaked;\n');
    expect(text).toMatch(
      /export type OvenColdEvent = Answered<NonNullable<webhooks\['oven\.cold'\]\['post'\]\['requestBody'\]>.* & \{ type: 'oven\.cold' \};/,
    );
    expect(text).toContain('export type WebhookEvent = LoafBakedEvent | OvenColdEvent;');
  });

  it('are of any type where the document has none', () => {
    const { webhooks: _, ...document } = webhookDocument();
    expect(generateWebhooks(document as ReturnType<typeof webhookDocument>)).toContain(
      'interface WebhookEvent',
    );
  });
});
