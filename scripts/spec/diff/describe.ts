import {
  isObject,
  join,
  lookup,
  type OpenApiDocument,
  resolve,
  tokens,
} from '../../../src/document/index.js';
import type { RawChange } from './types.js';

const MAX_LENGTH = 60;

/** What the sections of `components` hold. */
const KINDS: Readonly<Record<string, string>> = {
  schemas: 'Schema',
  responses: 'Response',
  parameters: 'Parameter',
  examples: 'Example',
  requestBodies: 'Request body',
  headers: 'Header',
  securitySchemes: 'Security scheme',
  links: 'Link',
  callbacks: 'Callback',
  pathItems: 'Path item',
};

/** The documents that were compared. */
export interface Compared {
  base: OpenApiDocument;
  revision: OpenApiDocument;
}

/** One sentence that says what changed, with its place in words. */
export function describe(change: RawChange, compared: Compared): string {
  const place = placeOf(change, change.revision ? compared.revision : compared.base);
  if (change.union?.expandable) return `${place} can be expanded now`;
  if (change.union) return `${place} ${change.union.extent === 'wider' ? 'allows more' : 'allows less'} now`;
  if (change.kind !== 'modified') return `${place} ${change.kind}`;
  const before = show(change.base?.value);
  const after = show(change.revision?.value);
  if (change.property === undefined) return `${place} changed`;
  if (change.property === 'key') return `${place} was ${before}: renamed`;
  if (before === undefined) return `${place}: ${change.property} ${after} added`;
  if (after === undefined) return `${place}: ${change.property} ${before} removed`;
  return `${place}: ${change.property} ${membersChanged(change) ?? `${before} → ${after}`}`;
}

/** Of two long lists, what only one of them has. */
function membersChanged({ base, revision }: RawChange): string | undefined {
  if (!Array.isArray(base?.value) || !Array.isArray(revision?.value)) return undefined;
  const texts = { before: base.value.map(text), after: revision.value.map(text) };
  const gained = texts.after.filter((member) => !texts.before.includes(member));
  const lost = texts.before.filter((member) => !texts.after.includes(member));
  if (gained.length + lost.length === 0) return undefined;
  const parts = [
    gained.length > 0 && `gains ${gained.join(', ')}`,
    lost.length > 0 && `loses ${lost.join(', ')}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** `EVSE.properties.id`, `GET /evses/{evse_id} › 200 › …`: the pointer without its escapes. */
function placeOf(change: RawChange, document: OpenApiDocument): string {
  const pointer = stripProperty((change.revision ?? change.base)?.pointer ?? change.path, change.property);
  const parts = tokens(pointer);
  const [root, kind, name, ...deeper] = parts;
  if (root === 'components' && kind !== undefined && name !== undefined) {
    const place = [name, ...fields(deeper)].join('.');
    // A field needs no more than its type's name before it.
    return kind === 'schemas' && deeper.length > 0 ? place : `${KINDS[kind] ?? kind} ${place}`;
  }
  if ((root === 'paths' || root === 'webhooks') && kind !== undefined) {
    const [member, index, ...inner] = deeper;
    const parameter =
      member === 'parameters'
        ? parameterAt(document, [root, kind, name ?? '', member, index ?? ''])
        : undefined;
    const within = parameter === undefined ? fields(deeper) : [`parameter ${parameter}`, ...fields(inner)];
    return [name ? `${name.toUpperCase()} ${kind}` : kind, within.join('.')].filter(Boolean).join(' › ');
  }
  return parts.length > 0 ? parts.join('.') : 'The document';
}

/** Its name, where the document has only its place in a list. */
function parameterAt(document: OpenApiDocument, parts: readonly string[]): string | undefined {
  const pointer = join('#', ...parts);
  const { value } = resolve(document, lookup(document, pointer), pointer);
  return isObject(value) && typeof value.name === 'string' ? value.name : undefined;
}

function stripProperty(pointer: string, property: string | undefined): string {
  return property !== undefined && pointer.endsWith(`/${property}`)
    ? pointer.slice(0, -property.length - 1)
    : pointer;
}

/** What every reader fills in by themselves is left out. */
function fields(parts: readonly string[]): string[] {
  return parts.filter((part) => part !== 'properties' && part !== 'schema' && part !== 'content');
}

function show(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return text(value);
}

function text(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > MAX_LENGTH ? `${json.slice(0, MAX_LENGTH)}…` : json;
}
