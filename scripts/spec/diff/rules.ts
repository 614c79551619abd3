import { tokens } from '../../../src/document/index.js';
import { EDITORIAL, rateSchemaChange } from './schema-rules.js';
import type { Direction, Impact, RawChange } from './types.js';

interface Rule {
  /** Redocly's names of the objects that it rates. */
  types: string[];
  rate: (change: RawChange, directions: ReadonlySet<Direction>) => Impact | undefined;
}

const KNOWN_EXTENSIONS = ['x-collection', 'x-header-effects', 'x-method-name', 'x-revocation-url'];

/** For whom uses the client, not for whom uses the API: the first that gives a rating counts. */
const RULES: Rule[] = [
  { types: ['Schema', 'AnyOf', 'OneOf', 'AllOf', 'SchemaProperties', 'NamedSchemas'], rate: rateSchema },
  { types: ['Parameter'], rate: rateParameter },
  { types: ['Header'], rate: rateHeader },
  { types: ['Response'], rate: rateResponse },
  { types: ['MediaType'], rate: (change) => byPresence(change) },
  { types: ['RequestBody'], rate: rateRequestBody },
  { types: ['Operation'], rate: rateOperation },
  { types: ['Server'], rate: (change) => (change.kind === 'removed' ? 'breaking' : 'compatible') },
  {
    types: ['SpecExtension'],
    rate: ({ path }) => rateExtension(tokens(path).find((t) => t.startsWith('x-'))),
  },
  {
    types: ['Info', 'Tag', 'TagList', 'ExternalDocs', 'Contact', 'License', 'Example'],
    rate: () => 'editorial',
  },
  { types: ['ExamplesMap', 'LinksMap', 'Link', 'Logo', 'TagGroup', 'TagGroups'], rate: () => 'editorial' },
  { types: ['PathItem'], rate: rateWebhook },
];

/** What the change means for a consumer; where no rule knows better, what Redocly says. */
export function rate(change: RawChange, directions: ReadonlySet<Direction>): Impact {
  if (change.property?.startsWith('x-')) return rateExtension(change.property);
  for (const rule of RULES) {
    const impact = rule.types.includes(change.typeName) ? rule.rate(change, directions) : undefined;
    if (impact) return impact;
  }
  if (change.property !== undefined && EDITORIAL.includes(change.property)) return 'editorial';
  // Known again under another name: gone for whoever used the old one.
  if (change.property === 'key') return 'breaking';
  return change.impact === 'major' ? 'breaking' : 'compatible';
}

function rateSchema(change: RawChange, directions: ReadonlySet<Direction>): Impact | undefined {
  if (isNamedSchema(change)) return byPresence(change);
  // A type that no operation uses can only be read.
  const read: ReadonlySet<Direction> = directions.size > 0 ? directions : new Set(['received']);
  if (change.union) {
    if (change.union.expandable) return 'compatible';
    return read.has(change.union.extent === 'wider' ? 'received' : 'sent') ? 'breaking' : 'compatible';
  }
  return rateSchemaChange(change, read);
}

/** A schema of `components` is an exported type. */
function isNamedSchema(change: RawChange): boolean {
  const [root, kind, , ...deeper] = tokens((change.revision ?? change.base)?.pointer ?? '#');
  const named = root === 'components' && kind === 'schemas' && deeper.length === 0;
  return named && change.kind !== 'modified' && tokens(change.path).length === 3;
}

function byPresence(change: RawChange): Impact | undefined {
  if (change.kind === 'removed') return 'breaking';
  return change.kind === 'added' ? 'compatible' : undefined;
}

function rateParameter(change: RawChange): Impact | undefined {
  if (change.kind === 'removed') return 'breaking';
  if (change.kind === 'added') return isRequired(change) ? 'breaking' : 'compatible';
  switch (change.property) {
    case 'required':
      return change.revision?.value === true ? 'breaking' : 'compatible';
    case 'in':
    case 'style':
    case 'explode':
    case 'allowReserved':
      return 'breaking';
    // Methods take path parameters by position; any other is named in the call.
    case 'name':
      return (change.owner as { in?: unknown } | undefined)?.in === 'path' ? 'compatible' : 'breaking';
    case 'deprecated':
      return 'compatible';
    default:
      return undefined;
  }
}

function isRequired(change: RawChange): boolean {
  return (change.revision?.value as { required?: unknown } | undefined)?.required === true;
}

function rateHeader(change: RawChange): Impact | undefined {
  if (change.property === 'required') return change.revision?.value === true ? 'compatible' : 'breaking';
  return change.property === 'deprecated' ? 'compatible' : byPresence(change);
}

/** One more way to succeed widens what a method returns; errors are thrown, whatever their number. */
function rateResponse(change: RawChange): Impact | undefined {
  const { kind, property, base, revision, path } = change;
  if (kind === 'modified' && property !== 'key') return undefined;
  const statuses = kind === 'modified' ? [base?.value, revision?.value] : [tokens(path).at(-1)];
  return statuses.some((status) => /^[23]/.test(String(status))) ? 'breaking' : 'compatible';
}

/** The body stands before the parameters in a method's arguments: with or without it is another method. */
function rateRequestBody(change: RawChange): Impact | undefined {
  if (change.kind !== 'modified') return 'breaking';
  if (change.property !== 'required') return undefined;
  return change.revision?.value === true ? 'breaking' : 'compatible';
}

function rateOperation(change: RawChange): Impact | undefined {
  // Methods are compared by name elsewhere; the id is their name for tools.
  if (change.property === 'operationId' || change.property === 'deprecated') return 'compatible';
  return undefined;
}

/** Of the extensions, what the generator and the contract read changes what they do; the others are remarks. */
function rateExtension(name: string | undefined): Impact {
  return name !== undefined && KNOWN_EXTENSIONS.includes(name) ? 'compatible' : 'editorial';
}

/** What calls the consumer; path items of operations are compared by method. */
function rateWebhook(change: RawChange): Impact | undefined {
  return change.path.startsWith('#/webhooks/') ? byPresence(change) : undefined;
}
