import { tokens } from '../../../../src/document/index.js';

const MAX_LENGTH = 60;

/** Kinds of components, by their section of `components`. */
const KINDS: Readonly<Record<string, string>> = {
  schemas: 'Schema',
  responses: 'Response',
  parameters: 'Parameter',
  requestBodies: 'Request body',
  headers: 'Header',
  pathItems: 'Path item',
};

/** A pointer for people to read: `EVSE.id`, `Parameter Token`, `GET /evses/{evse_id} › responses.200`. */
export function placeOf(pointer: string): string {
  const parts = tokens(pointer);
  const [root, kind, name, ...deeper] = parts;
  if (root === 'components' && kind !== undefined && name !== undefined) {
    const place = [name, ...fieldsOf(deeper)].join('.');
    // A field only needs its type's name before it.
    return kind === 'schemas' && deeper.length > 0 ? place : `${KINDS[kind] ?? kind} ${place}`;
  }
  if ((root === 'paths' || root === 'webhooks') && kind !== undefined) {
    const endpoint = name ? `${name.toUpperCase()} ${kind}` : kind;
    return [endpoint, fieldsOf(deeper).join('.')].filter(Boolean).join(' › ');
  }
  return parts.length > 0 ? parts.join('.') : 'The document';
}

/** Leaves out what every reader knows anyway, and which branch of a union it is. */
function fieldsOf(parts: readonly string[]): string[] {
  return parts.filter(
    (part, index) => !QUIET.has(part) && !(/^\d+$/.test(part) && BRANCHES.has(parts[index - 1] ?? '')),
  );
}

const BRANCHES = new Set(['allOf', 'anyOf', 'oneOf']);
const QUIET = new Set(['properties', 'schema', 'content', ...BRANCHES]);

/** `#/components/schemas/EVSE/properties/id` → `EVSE` */
export function schemaNameOf(pointer: string): string | undefined {
  const [root, kind, name] = tokens(pointer);
  return root === 'components' && kind === 'schemas' ? name : undefined;
}

/** A value in a sentence. */
export function show(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined';
  return json.length > MAX_LENGTH ? `${json.slice(0, MAX_LENGTH)}…` : json;
}

export function list(values: readonly unknown[]): string {
  return values.map(show).join(', ');
}
