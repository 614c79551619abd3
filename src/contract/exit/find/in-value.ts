import { isObject } from '../../../document/index.js';
import { isSecret, isThing, isVague } from '../names.js';
import { jsonIn } from './cut-json.js';
import { credentialsOf } from './in-text.js';
import { cookiesOf, isCookie, isNoSentence, looksRandom, NAME_LIKE, withParts } from './parts.js';

/** Characters of one body that are read for secrets. What is shown of one is far less. */
export const READ = 2_000_000;

/**
 * What members call a name whose value stands in a member beside it: `{"name": "pw", "value": "…"}`, and where a server
 * says what is wrong with it, `{"loc": ["body", "pw"], "input": "…"}`.
 */
const NAMES =
  /^(?:k|n|h|id)$|(?:name|key|field|header|param|parameter|property|pointer|loc|path|label|attribute|attr|setting|option|variable|argument|type)$/i;

/** What they call the value. */
const VALUES = /^(?:v|val|values?|input|content|data|string|raw|given|received|actual|current)$|value$/i;

/** A value that is still to be looked at. */
interface Open {
  readonly value: unknown;
  /** The name that makes it a secret. */
  readonly secret?: string | undefined;
  /** A name and what it has, in a list of such. */
  readonly isEntry?: boolean;
}

/** The values of secret members, however deep, and of what `within` finds in texts, such as parameters of URLs. */
export function secretsInValue(root: unknown, within: (text: string) => string[]): string[] {
  const found: string[] = [];
  const open: Open[] = [{ value: root }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, secret } = next;
    if (typeof value === 'string') {
      for (const one of inText(value, secret, within)) found.push(one);
      // JSON within JSON.
      if (/^\s*[[{]/.test(value))
        for (const inner of jsonIn(value.slice(0, READ))) open.push({ value: inner, secret });
    } else if (secret !== undefined && typeof value === 'number') found.push(String(value));
    else for (const inner of membersOf(next)) open.push(inner);
  }
  return found.filter(isNoSentence);
}

function inText(text: string, secret: string | undefined, within: (text: string) => string[]): string[] {
  if (secret !== undefined) return valuesOf(secret, text);
  return /[:=%<"'\uff1d\uff1a]|---/.test(text) ? within(text.slice(0, READ)) : [];
}

/** What a name that is one of a secret has. */
function valuesOf(name: string, value: string): string[] {
  if (isCookie(name)) return [...withParts(value), ...cookiesOf(name, value)];
  return /authorization$/i.test(name) ? [value, ...credentialsOf(value)] : withParts(value);
}

/** What a list or an object holds, and what of it is secret. */
function membersOf({ value, secret, isEntry = false }: Open): Open[] {
  if (Array.isArray(value)) {
    const areEntries = value.length > 0 && value.every(isPair);
    return value.map((item: unknown, index) => ({
      value: item,
      secret: secret ?? nameBefore(value, index, isEntry),
      isEntry: areEntries,
    }));
  }
  if (!isObject(value)) return [];
  const beside = Object.entries(value).flatMap(([name, member]) =>
    NAMES.test(name) ? [lastOf(member)] : [],
  );
  const named = beside.find(isSecret);
  return Object.entries(value).map(([name, member]) => ({
    value: member,
    secret:
      secret ?? secretBy(name, member) ?? (named && VALUES.test(name) ? secretBy(named, member) : undefined),
  }));
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}

/** Names and values in turn, as Node's raw headers are, or one of each. */
function nameBefore(list: readonly unknown[], index: number, isEntry: boolean): string | undefined {
  const [name, item] = [list[index - 1], list[index]];
  if (typeof name !== 'string' || !isSecret(name)) return undefined;
  if (isEntry) return name;
  if (typeof item !== 'string') return undefined;
  return looksRandom(item) || (list.length === 2 && !NAME_LIKE.test(item)) ? name : undefined;
}

/** The name, where it makes that member a secret. */
function secretBy(name: string, member: unknown): string | undefined {
  if (typeof member === 'object' && isThing(name)) return undefined;
  const isOne = isSecret(name) || (isVague(name) && typeof member === 'string' && looksRandom(member));
  return isOne ? name : undefined;
}

/** The name at the end of a path to it, or that an object holds: `{"variable": {"name": "BasicAuthPassword"}}`. */
function lastOf(path: unknown): string {
  const last: unknown = Array.isArray(path) ? path.at(-1) : isObject(path) ? nameIn(path) : path;
  return typeof last === 'string' ? last.slice(last.lastIndexOf('/') + 1) : '';
}

/** The only member of an object, or the one that is called a name. */
function nameIn(object: Readonly<Record<string, unknown>>): unknown {
  const members = Object.values(object);
  return members.length === 1 ? members[0] : object.name;
}
