import { isObject } from '../../../document/index.js';
import type { Sent } from '../../model/exchange.js';
import { isSecret, isSecretParameter, isThing, isVague } from '../names.js';
import { jsonIn } from './cut-json.js';
import { credentialsOf, secretsInText } from './in-text.js';
import {
  cookiesOf,
  isCookie,
  isNoSentence,
  LONG,
  looksRandom,
  NAME_LIKE,
  randomIn,
  withParts,
} from './parts.js';

/** The name of a field of a form in several parts (RFC 7578), in the lines above it. */
const FIELD = /(?<!file)name\*?=(?:utf-8''|")?([^"\r\n;]{1,64})/i;

/** The empty line between those and the field. */
const EMPTY_LINE = /\r?\n\r?\n/g;

/** Characters of the lines above a field. */
const HEAD = 2_000;

/** Characters of one body that are read for secrets. What is shown of one is far less. */
const READ = 2_000_000;

/**
 * The members that hold the name of a value beside them: `{"name": "pw", "value": "…"}`, and where a server
 * says what is wrong with it, `{"loc": ["body", "pw"], "input": "…"}`.
 */
const NAMES =
  /^(?:k|n|h|id)$|(?:name|key|field|header|param|parameter|property|pointer|loc|path|label|attribute|attr|setting|option|variable|argument|type)$/i;

/** The members that hold such a value. */
const VALUES = /^(?:v|val|values?|input|content|data|string|raw|given|received|actual|current)$|value$/i;

/** A value that is still to be looked at. */
interface Open {
  readonly value: unknown;
  /** The name that makes it a secret. */
  readonly secret?: string | undefined;
  /** A name and what it has, in a list of such. */
  readonly isEntry?: boolean;
}

/** The secrets in an exchange: in headers, in URLs wherever they stand, in members and in forms. */
export function secretsOf({ request, response, json }: Sent, shown: (name: string) => boolean): string[] {
  return [
    ...secretsInText(request.url),
    ...secretsInHeaders(Object.entries(request.headers), shown),
    ...(request.body === undefined ? [] : secretsInBody(request.body, undefined)),
    ...secretsInHeaders([...response.headers], shown),
    ...secretsInBody(response.body, json),
  ];
}

/** The secrets in what somebody has noted in members, as a recorder does beside what was sent. */
export function secretsInMembers(value: unknown): string[] {
  return secretsInValue(value, secretsInText);
}

function secretsInHeaders(
  headers: readonly (readonly [string, string])[],
  shown: (name: string) => boolean,
): string[] {
  return headers.flatMap(([name, value]) => {
    if (shown(name)) return secretsInText(value);
    if (/cookie/i.test(name)) return cookiesOf(name, value);
    if (/authorization$/i.test(name)) return credentialsOf(value);
    return isSecret(name) || looksRandom(value)
      ? withParts(value)
      : [...randomIn(value), ...secretsInText(value)];
  });
}

function secretsInBody(body: string, parsed: Sent['json']): string[] {
  const text = body.slice(0, READ);
  const values = parsed ? [parsed.value] : jsonIn(text);
  // Without a backslash all texts of a JSON body stand in it as they are, and have been read with it.
  const whole = text.length === body.length && !text.includes('\\');
  return [
    ...secretsInText(text),
    ...secretFields(text).flatMap(withParts),
    ...values.flatMap((value) => secretsInValue(value, whole ? () => [] : secretsInText)),
  ];
}

/**
 * The fields of a form in several parts that have the names of secrets. The empty lines are searched, and the names in
 * what stands before them: each part of a text is read once, whatever it repeats.
 */
function secretFields(text: string): string[] {
  const found: string[] = [];
  const lines = new RegExp(EMPTY_LINE);
  let before = 0;
  let end = -1;
  for (let line = lines.exec(text); line; line = lines.exec(text)) {
    const above = text.slice(Math.max(before, line.index - HEAD), line.index);
    const name = FIELD.exec(above.slice(above.lastIndexOf('\n--') + 1))?.[1];
    before = lines.lastIndex;
    if (name === undefined || !isSecretParameter(name)) continue;
    if (end < before) end = endOfField(text, before);
    if (end - before <= LONG) found.push(text.slice(before, end).replace(/\r$/, ''));
  }
  return found;
}

/** Where the line begins that ends a field, or the text. */
function endOfField(text: string, from: number): number {
  const end = text.indexOf('\n--', from);
  return end < 0 ? text.length : end;
}

/** The values of secret members, however deep, and of what `within` finds in texts, such as parameters of URLs. */
function secretsInValue(root: unknown, within: (text: string) => string[]): string[] {
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

/** The secrets in a text that has the name of a secret. */
function valuesOf(name: string, value: string): string[] {
  if (isCookie(name)) return [...withParts(value), ...cookiesOf(name, value)];
  return /authorization$/i.test(name) ? [value, ...credentialsOf(value)] : withParts(value);
}

/** The members of a list or an object, each with the name that makes it a secret, if one does. */
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
