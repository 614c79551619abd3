import {
  componentName,
  isJson,
  isObject,
  itemsOf,
  type MediaType,
  type OpenApiDocument,
  type Operation,
} from '../../../src/document/index.js';
import { quote } from '../names.js';
import { successBody, successes } from './content.js';

const ANSWERED = 'Answered<';

/** What a method returns. */
export interface Result {
  /** TypeScript type; for a list, that of an item. */
  type: string;
  isList: boolean;
  /** Whether it may be a redirect, which the caller gets. */
  redirect: boolean;
  /** Whether the type has no name in the document, because its schema is inside the operation. */
  unnamed: boolean;
}

export function resultOf(
  document: OpenApiDocument,
  operation: Operation,
  models: ReadonlyMap<string, string>,
): Result {
  const redirect = mayRedirect(operation);
  const body = successBody(operation);
  const items = listedItems(document, operation);
  if (items && body) {
    const component = models.get(componentName(items.value) ?? '');
    const type = component
      ? `models.${component}`
      : `${answeredType(operation, statusOf(operation, body), body)}[number]`;
    return { type, isList: true, redirect, unnamed: type.includes(ANSWERED) };
  }
  const types = successes(operation).map((response) => {
    const media = response.content.find((candidate) => isJson(candidate.mediaType)) ?? response.content[0];
    return media ? answerType(operation, response.status, media, models) : 'void';
  });
  const type = [...new Set(types)].join(' | ') || 'void';
  return { type, isList: false, redirect, unnamed: type.includes(ANSWERED) };
}

/** Whether the document declares an answer that leads elsewhere. A 304 doesn't: it says that nothing has changed. */
export function mayRedirect({ responses }: Operation): boolean {
  return responses.some(({ status }) => status.startsWith('3') && status !== '304');
}

/** Whether the operation returns a collection. */
export function isList(document: OpenApiDocument, operation: Operation): boolean {
  return listedItems(document, operation) !== undefined;
}

function listedItems(document: OpenApiDocument, operation: Operation) {
  const body = operation.method === 'GET' ? successBody(operation) : undefined;
  return body && itemsOf(document, body.schema, body.schemaPointer);
}

function answerType(
  operation: Operation,
  status: string,
  media: MediaType,
  models: ReadonlyMap<string, string>,
): string {
  if (!isJson(media.mediaType)) return media.mediaType.startsWith('text/') ? 'string' : 'Blob';
  const component = models.get(componentName(media.schema) ?? '');
  if (component) return `models.${component}`;
  const items = isObject(media.schema) ? models.get(componentName(media.schema.items) ?? '') : undefined;
  if (items && isObject(media.schema) && media.schema.type === 'array') return `models.${items}[]`;
  return answeredType(operation, status, media);
}

function answeredType(operation: Operation, status: string, media: MediaType): string {
  if (media.schema === undefined) return 'unknown';
  const key = /^\d+$/.test(status) ? status : quote(status);
  return `${ANSWERED}schema.operations[${quote(operation.id)}]['responses'][${key}]['content'][${quote(media.mediaType)}]>`;
}

function statusOf(operation: Operation, body: MediaType): string {
  return successes(operation).find((response) => response.content.includes(body))?.status ?? '200';
}
