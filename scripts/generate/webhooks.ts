import {
  componentName,
  type OpenApiDocument,
  pascalCase,
  readWebhooks,
  type Webhook,
} from '../../src/document/index.js';
import { jsdoc } from './jsdoc.js';
import { modelNames } from './models.js';
import { Names, quote } from './names.js';

const NONE = `/** Any event: the document describes none. */
export interface WebhookEvent {
  type: string;
  timestamp: string;
  data: unknown;
}
`;

/** `generated/webhooks.ts`: the events that the API sends, distinguished by type. */
export function generateWebhooks(document: OpenApiDocument): string {
  const webhooks = readWebhooks(document).filter(({ content }) => content !== undefined);
  if (webhooks.length === 0) return NONE;
  const models = modelNames(document);
  const names = new Names([...models.values(), 'Answered', 'WebhookEvent', 'models', 'webhooks']);
  const events = webhooks.map((webhook) => event(webhook, models, names));
  const code = events.map(({ declaration }) => declaration).join('\n');
  const doc = jsdoc(['An event that a webhook delivers. Its `type` says which one.']);
  const union = `${doc}export type WebhookEvent = ${events.map(({ name }) => name).join(' | ')};\n`;
  return `${importsOf(code)}\n${code}\n${union}`;
}

function event(webhook: Webhook, models: ReadonlyMap<string, string>, names: Names) {
  const model = models.get(componentName(webhook.content?.schema) ?? '');
  const wire = `Answered<NonNullable<webhooks[${quote(webhook.name)}]['post']['requestBody']>['content'][${quote(webhook.content?.mediaType ?? '')}]>`;
  const shape = model === undefined ? wire : `models.${model}`;
  const name = names.claim(`${pascalCase(webhook.type)}Event`);
  const type = webhook.hasType ? shape : `${shape} & { type: ${quote(webhook.type)} }`;
  return { name, declaration: `${jsdoc(webhook.description)}export type ${name} = ${type};\n` };
}

function importsOf(code: string): string {
  return [
    ...(code.includes('Answered<')
      ? ["import type { Answered } from '../src/client/resource/wire-types.js';\n"]
      : []),
    ...(code.includes('models.') ? ["import type * as models from './models.js';\n"] : []),
    ...(code.includes('webhooks[') ? ["import type { webhooks } from './schema.js';\n"] : []),
  ].join('');
}
