import { cut, HIDDEN, hideUserInfo, Redactor as Secrets } from '../../client/exit/redactor.js';
import { isObject, parseJson } from '../../document/index.js';
import { count, inert, inertLines } from '../../text/words.js';
import type { Contract } from '../model/contract.js';
import type { Sent, WireRequest } from '../model/exchange.js';
import type { Redactor } from '../model/result.js';
import type { Target } from '../model/target.js';
import { type Alike, inOrder, nearest } from './alike.js';
import { secretsOf } from './find/exchange.js';
import { assignments, CREDENTIALS, unescapedName } from './find/in-text.js';
import { isPrivate, isThing, shownHeaders } from './names.js';

/** Bounded, as each of its characters may be the first of an address. */
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;

/** Characters of a body, and of anything else, that a report shows. */
const BODY = 200_000;
const VALUE = 10_000;
const TEXT = 1_000;

/** A body of more characters is shown as it came, without a look at its members one by one. */
const TAKEN_APART = 200_000;

/** What is said of a header that isn't there: nothing that could be secret. */
const NO_HEADER = 'no such header';

/** Secrets that one run or file may hold. */
const MOST = 50_000;

/** Fewer are compared one by one. */
const FEW = 20;

/**
 * Everything that reports and the terminal show passes through here: it takes out secrets and personal data, and makes
 * the rest safe to print.
 */
export function redactor(
  known: readonly (string | undefined)[] = [],
  { contract, exchanges = [] }: { contract?: Contract; exchanges?: Iterable<Sent> } = {},
): Redactor {
  const shown = shownHeaders(contract);
  const secrets = new ManySecrets(MOST);
  for (const secret of latest(exchanges, shown, known)) secrets.learn(secret);

  const hidden = (open: string) =>
    withoutAssigned(hideUserInfo(secrets.hide(open)).replace(CREDENTIALS, `$1 ${HIDDEN}`)).replace(
      EMAIL,
      HIDDEN,
    );

  const text = (open: string) => inert(hidden(cut(open, TEXT)));

  const value = (open: string) => {
    const json = /^[[{]/.test(open) ? parseJson(open) : undefined;
    const bare = json ? JSON.stringify(withoutPrivate(json.value)) : open.replace(MEMBER, withoutPrivateText);
    return inert(hidden(cut(bare, VALUE)));
  };

  const headers = (fields: Iterable<readonly [string, string]>) =>
    Object.fromEntries([...fields].map(([name, value]) => [text(name), shown(name) ? text(value) : HIDDEN]));

  // Line by line, so that the lines of indented JSON stay.
  const body = (open: string, json: Sent['json']) => {
    const written =
      json && open.length <= TAKEN_APART ? JSON.stringify(withoutPrivate(json.value), null, 2) : open;
    const start = inertLines(hidden(cut(written, BODY)));
    return written.length <= BODY ? start : `${start}\n… ${count(written.length - BODY, 'more character')}`;
  };

  const requested = ({ method, url, headers: fields, body: open }: WireRequest) => ({
    method: text(method),
    url: text(url),
    headers: headers(Object.entries(fields)),
    ...(open === undefined ? {} : { body: body(open, parseJson(open)) }),
  });

  return {
    text,
    value,
    hide: secrets.hide,
    found: (where, found) => (found !== NO_HEADER && isHidden(where, shown) ? HIDDEN : value(found)),
    request: requested,
    sent: ({ number, name, request, response, json }) => ({
      number,
      name: text(name),
      request: requested(request),
      response: {
        status: response.status,
        headers: headers(response.headers),
        body: body(response.body, json),
      },
    }),
  };
}

/** The secrets that are known in the end: learning one takes long, and a hostile file can hold millions. */
function latest(
  exchanges: Iterable<Sent>,
  shown: (name: string) => boolean,
  known: readonly (string | undefined)[],
): string[] {
  const all: (string | undefined)[] = [];
  for (const exchange of exchanges) for (const secret of secretsOf(exchange, shown)) all.push(secret);
  for (const secret of known) all.push(secret);
  // From the end: to take one out of a set and put it in again takes long in a large one.
  const found = new Set<string>();
  for (let index = all.length - 1; index >= 0 && found.size < MOST; index--) {
    const secret = all[index];
    if (secret !== undefined) found.add(secret);
  }
  return [...found].reverse();
}

/**
 * Knows the secrets of a whole recording. Tens of thousands of tokens begin alike, and a text that has one would be
 * compared with each: only the nearest are.
 */
export class ManySecrets extends Secrets {
  /** By the list of all that begin alike. */
  readonly #alike = new Map<readonly string[], Alike>();

  override learn(...secrets: readonly (string | null | undefined)[]): void {
    super.learn(...secrets);
    this.#alike.clear();
  }

  override learnSet(secrets: readonly string[]): void {
    super.learnSet(secrets);
    this.#alike.clear();
  }

  protected override near(begun: readonly string[], text: string, at: number): readonly string[] {
    if (begun.length <= FEW) return begun;
    const alike = this.#alike.get(begun) ?? inOrder(begun);
    this.#alike.set(begun, alike);
    return nearest(alike, text, at) ?? begun;
  }
}

/** Whether what stands there is shown nowhere: a header that is not on the list, a member with a telling name. */
function isHidden(where: string, shown: (name: string) => boolean): boolean {
  // A rule may name a part of a header: `header Link, rel="next"`.
  const [, header] = /^header ([^,]+)/.exec(where) ?? [];
  if (header !== undefined) return !shown(header);
  if (!where.startsWith('body /')) return false;
  const path = where.slice(0, TEXT).split('/');
  return path.some((name, index) => isPrivate(name) && (index === path.length - 1 || !isThing(name)));
}

function withoutAssigned(text: string): string {
  let safe = '';
  let done = 0;
  for (const { from, to } of assignments(text)) {
    safe += text.slice(done, from) + HIDDEN;
    done = to;
  }
  return safe + text.slice(done);
}

/** A member of JSON that is only a part of a text. */
const MEMBER =
  /"((?:[^"\\]|\\.){1,100})"\s{0,9}:\s{0,9}(?:"(?:[^"\\]|\\.)*"?|(?!(?:true|false|null)\b)[\w.+-]+)/g;

function withoutPrivateText(member: string, written: string): string {
  const name = written.includes('\\') ? unescapedName(written) : written;
  return isPrivate(name) ? `"${written}":"${HIDDEN}"` : member;
}

function withoutPrivate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrivate);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isHiddenMember(name, member) ? HIDDEN : withoutPrivate(member),
    ]),
  );
}

function isHiddenMember(name: string, member: unknown): boolean {
  if (member === null || typeof member === 'boolean') return false;
  return isPrivate(name) && !(typeof member === 'object' && isThing(name));
}

/** What a run against a target must not show. */
export function secretsOfTarget(target: Target): string[] {
  // The wrong one is made up, and no secret.
  const { wrong: _, ...tokens } = target.tokens;
  const { oauth, keys, retired = [] } = target;
  const all = [...Object.values(tokens), ...retired, oauth?.clientSecret, ...(keys?.secrets ?? [])];
  return all.filter((secret) => secret !== undefined);
}
