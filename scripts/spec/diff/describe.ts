import { tokens } from '../../../src/document/index.js';
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

/** One sentence that says what changed, with its place in words. */
export function describe(change: RawChange): string {
  const place = placeOf(change);
  if (change.union?.expandable) return `${place} can be expanded now`;
  if (change.union) return `${place} ${change.union.extent === 'wider' ? 'allows more' : 'allows less'} now`;
  if (change.kind !== 'modified') return `${place} ${change.kind}`;
  const before = show(change.base?.value);
  const after = show(change.revision?.value);
  if (change.property === undefined) return `${place} changed`;
  if (change.property === 'key') return `${place} was ${before}: renamed`;
  if (before === undefined) return `${place}: ${change.property} ${after} added`;
  if (after === undefined) return `${place}: ${change.property} ${before} removed`;
  return `${place}: ${change.property} ${before} → ${after}`;
}

/** `EVSE.properties.id`, `GET /evses/{evse_id} › 200 › …`: the pointer without its escapes. */
function placeOf(change: RawChange): string {
  const pointer = stripProperty((change.revision ?? change.base)?.pointer ?? change.path, change.property);
  const parts = tokens(pointer);
  const [root, kind, name, ...deeper] = parts;
  if (root === 'components' && kind !== undefined && name !== undefined) {
    const place = [name, ...fields(deeper)].join('.');
    // A field needs no more than its type's name before it.
    return kind === 'schemas' && deeper.length > 0 ? place : `${KINDS[kind] ?? kind} ${place}`;
  }
  if ((root === 'paths' || root === 'webhooks') && kind !== undefined) {
    return [name ? `${name.toUpperCase()} ${kind}` : kind, fields(deeper).join('.')]
      .filter(Boolean)
      .join(' › ');
  }
  return parts.length > 0 ? parts.join('.') : 'The document';
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
  const text = JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
