/** Marks where a text was cut off. */
export const CUT = '…';

/** The text, cut if it is longer than that many characters. */
export function cut(text: string, most: number): string {
  return text.length > most ? text.slice(0, most) + CUT : text;
}

/** Replaces a secret. */
export const HIDDEN = '[redacted]';

/**
 * Secrets of at most this many characters aren't hidden: that few protect nothing, and hiding them would make texts
 * unreadable.
 */
const HARMLESS = 4;

/** Secrets of at least this many characters are found in any encoding; shorter ones only as they are. */
export const SPELLED = 8;

/** Only this many characters of a secret are compared. */
const LONGEST = 8_000;

/** Texts of at most this many characters are remembered with what was made of them, this many at a time. */
const REMEMBERED = { length: 300, texts: 1_000 };

/**
 * Characters of secrets that are compared with one text. Only a text that repeats how thousands of secrets begin takes
 * more; the rest of such a text is hidden as a whole.
 */
const COMPARED = 20_000_000;

/** Encodings that may be nested in one another. */
const LAYERS = 4;

/**
 * HTML's names of ASCII characters, each followed by its character; a name stands before any name that is a prefix of
 * it.
 */
const NAMED: ReadonlyMap<string, string> = new Map(
  (
    `amp& lt< gt> quot" apos' excl! num# dollar$ percnt% lpar( rpar) ast* plus+ commat@ comma, period. sol/ colon: semi; ` +
    'equals= quest? lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ grave` lcub{ lbrace{ verbar| vert| rcub} ' +
    'rbrace}'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, -1), entry.slice(-1)]),
);

/** What encodings put between characters: white space, the plus sign of forms, and invisible characters. */
const SPACE = /[\s+\p{Cc}\p{Cf}\p{DI}\u2800]+/gu;

/** HTML's names of white space and of invisible characters: `&nbsp;`, `&emsp14;`, `&NegativeThinSpace;`, `&zwnj;`. */
const NAMED_SPACE =
  '&(?:tab|newline|nobreak|shy|zwn?j|[lr]rm|(?:nb|en|em|num|punc|thin|hair)sp(?:1[34])?|[a-z]{4,19}space|invisible(?:times|comma)|applyfunction|af|i[ct]);?';

/** Escapes of URLs, JSON, JavaScript and HTML, and what encodings put between characters, backslashes included. */
const ESCAPE = new RegExp(
  [
    String.raw`(?:%u|\\+u)([\da-f]{4})`,
    String.raw`(?:%|\\+x)([\da-f]{2})`,
    String.raw`(?:\\+u\{|&#x)0*([\da-f]{1,6})[;}]?`,
    String.raw`&#0*(\d{1,7});?`,
    `&(${[...NAMED.keys()].join('|')});?`,
    NAMED_SPACE,
    String.raw`\\+[bfnrt]?`,
    SPACE.source,
  ].join('|'),
  'giu',
);

/** Where a text was cut, perhaps inside an escape. */
const CUT_OFF = new RegExp(`(?:[%&][\\w#]{0,9}|\\\\*[ux]?\\{?[\\da-f]{0,6})?${CUT}`, 'iy');

/** A text with its escapes decoded, and where each of its characters begins and ends in the original text. */
interface View {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * Knows the secrets, and takes them out of texts: as they are, and from eight characters on also as URLs, forms, JSON,
 * HTML, base64 and hex write them, in capitals, split by white space, and where the text was cut inside a secret. It
 * decodes a text layer by layer and scans it once per layer, however many secrets there are.
 */
export class Redactor {
  /**
   * The spellings of each secret, the most recent secret last: of those that we were given, and of those that a server
   * has set.
   */
  readonly #given = new Map<string, ReadonlySet<string>>();
  readonly #set = new Map<string, ReadonlySet<string>>();
  /** Spellings by the characters they begin with; one that two secrets have is there twice. */
  readonly #index = new Map<string, string[]>();
  /** The first two characters of all spellings. Hardly any place in a text matches, so we rarely look further. */
  readonly #starts = new Set<number>();

  readonly #most: number;

  /** Results since the last secret was learned. Most headers are the same in each request. */
  readonly #known = new Map<string, string>();

  /**
   * Whether a secret contains a backslash. Then we also search texts with only their white space removed, since
   * decoding would take the backslash for an escape.
   */
  #hasBackslash = false;

  /** @param most secrets to remember of each kind; beyond that, the oldest are forgotten */
  constructor(most = 200) {
    this.#most = most;
  }

  /** Adds secrets. Those of fewer than five characters are ignored. */
  learn(...secrets: readonly (string | null | undefined)[]): void {
    this.#learn(this.#given, secrets);
  }

  /** Adds what a server sets, such as cookies. However many it sends, what was given stays known. */
  learnSet(secrets: readonly string[]): void {
    this.#learn(this.#set, secrets);
  }

  #learn(kind: Map<string, ReadonlySet<string>>, secrets: readonly (string | null | undefined)[]): void {
    // A caller may pass anything; other code reports that it is wrong.
    const usable = secrets.filter(
      (given) => typeof given === 'string' && given.length > HARMLESS,
    ) as string[];
    for (const given of usable.slice(-this.#most)) {
      const secret = given.slice(0, LONGEST);
      const known = kind.get(secret);
      const spellings = known ?? spellingsOf(secret);
      kind.delete(secret);
      kind.set(secret, spellings);
      if (known) continue;
      this.#known.clear();
      this.#hasBackslash ||= secret.includes('\\');
      for (const spelling of spellings) this.#bucket(spelling).push(spelling);
      if (kind.size > this.#most) this.#forgetOldest(kind);
    }
  }

  #forgetOldest(kind: Map<string, ReadonlySet<string>>): void {
    const [[oldest, spellings] = ['', []]] = kind;
    kind.delete(oldest);
    for (const spelling of spellings) {
      const bucket = this.#bucket(spelling);
      bucket.splice(bucket.indexOf(spelling), 1);
      if (bucket.length === 0) this.#index.delete(startOf(spelling));
    }
  }

  /** The spellings that begin like this one. */
  #bucket(spelling: string): string[] {
    const start = startOf(spelling);
    this.#starts.add(startAt(start, 0));
    const bucket = this.#index.get(start) ?? [];
    this.#index.set(start, bucket);
    return bucket;
  }

  /** Replaces the secrets in a text. */
  readonly hide = (text: string): string => {
    if (this.#index.size === 0 || text.length <= HARMLESS) return text;
    if (text.length > REMEMBERED.length) return this.#hidden(text);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const safe = this.#hidden(text);
    if (this.#known.size >= REMEMBERED.texts) this.#known.clear();
    this.#known.set(text, safe);
    return safe;
  };

  #hidden(text: string): string {
    const hidden: [from: number, to: number][] = [];
    let view: View | undefined;
    // The raw text first: what precedes a secret may look like the start of an escape.
    this.#find(text, text, (from, to) => hidden.push([from, to]));
    const look = ({ text: inner, from: starts, to: ends }: View) =>
      this.#find(inner, '', (from, to) => hidden.push([starts[from] ?? 0, ends[to - 1] ?? 0]));
    if (this.#hasBackslash) {
      const joined = undone(viewOf(text), SPACE);
      if (joined) look(joined);
    }
    for (let layer = 0; layer < LAYERS; layer++) {
      const inner = view || hasEscape(text) ? undone(view ?? viewOf(text)) : undefined;
      if (!inner) break;
      view = inner;
      look(inner);
    }
    return without(text, hidden);
  }

  /** A subclass with very many secrets may pick which of those that begin alike to compare with the text. */
  protected near?(begun: readonly string[], text: string, at: number): readonly string[];

  /** @param raw the original text, the only one in which short secrets are searched */
  #find(text: string, raw: string, found: (from: number, to: number) => void): void {
    const low = lower(text);
    let compared = 0;
    for (let at = 0; at < low.length - HARMLESS; at++) {
      if (!this.#starts.has(startAt(low, at))) continue;
      let length = 0;
      const begun = this.#index.get(low.slice(at, at + HARMLESS + 1)) ?? [];
      for (const spelling of this.near?.(begun, low, at) ?? begun) {
        const same = common(spelling, spelling.length < SPELLED ? raw : low, at);
        compared += same + 1;
        if (isKnown(spelling, low, at, same)) length = Math.max(length, same);
      }
      if (compared > COMPARED) {
        found(at, low.length);
        return;
      }
      if (length === 0) continue;
      found(at, at + length);
      at += length - 1;
    }
  }
}

/** How many characters of the text, from `at` on, match the spelling. */
export function common(spelling: string, text: string, at: number): number {
  let length = 0;
  while (length < spelling.length && text[at + length] === spelling[length]) length++;
  return length;
}

/** Whether so many matching characters are enough to be sure. */
function isKnown(spelling: string, text: string, at: number, length: number): boolean {
  return (
    length === spelling.length ||
    (length > HARMLESS && restAt(text, at + length) !== undefined) ||
    // Half of a long secret is enough to recognise it.
    (spelling.length >= 2 * SPELLED && length >= spelling.length / 2)
  );
}

/** What to search for: the secret itself, and what its encodings look like in a decoded text. */
function spellingsOf(secret: string): Set<string> {
  if (secret.length < SPELLED) return new Set([secret]);
  const bytes = binary(secret);
  // `encodeURIComponent` throws on a lone surrogate.
  const basic = formEncoded(secret.replace(/\p{Cs}/gu, '\ufffd'));
  const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const all = [
    secret,
    secret.replace(SPACE, ''),
    ...[secret, bytes, hex, ...base64(bytes), ...base64(basic)].map(bare),
  ];
  return new Set(all.map(lower).filter((spelling) => spelling.length >= SPELLED));
}

/** The text with all its escapes decoded, and without white space. */
export function bare(text: string): string {
  if (!hasEscape(text)) return text;
  let view = viewOf(text);
  for (let layer = 0; layer < LAYERS; layer++) view = undone(view) ?? view;
  return view.text;
}

/** The text's UTF-8 bytes, one character per byte. */
function binary(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** How base64 and base64url write these bytes inside other data: one variant for each of the three offsets. */
function base64(bytes: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const written = btoa('\0'.repeat(before) + bytes);
    // Drops the characters that also encode bits of the neighbouring bytes.
    const own = written.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Encodes the id and the secret for HTTP Basic as oauth4webapi does (RFC 6749, 2.3.1 and appendix B). */
export function formEncoded(value: string): string {
  return encodeURIComponent(value)
    .replaceAll('%20', '+')
    .replace(/[-_.!~*'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The characters by which a spelling is found. */
function startOf(spelling: string): string {
  return lower(spelling.slice(0, HARMLESS + 1));
}

/** The two characters there, as one number. */
function startAt(text: string, at: number): number {
  return text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1);
}

/** Most texts have no escape, so we needn't decode them. */
function hasEscape(text: string): boolean {
  return text.search(ESCAPE) >= 0;
}

/** In lower case, except for characters that would become longer. */
function lower(text: string): string {
  // ASCII never becomes longer, and most texts have nothing else.
  if (!/\P{ASCII}/u.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+|\P{ASCII}/gu, (capitals) => {
    const small = capitals.toLowerCase();
    return small.length === capitals.length ? small : capitals;
  });
}

function viewOf(text: string): View {
  const from = Array.from({ length: text.length }, (_, index) => index);
  return { text, from, to: from.map((index) => index + 1) };
}

/** Decodes one layer of escapes; undefined if there is none. */
function undone({ text, from, to }: View, pattern = ESCAPE): View | undefined {
  const inner = { text: '', from: [] as number[], to: [] as number[] };
  let done = 0;
  const copy = (end: number) => {
    inner.text += text.slice(done, end);
    for (; done < end; done++) {
      inner.from.push(from[done] ?? 0);
      inner.to.push(to[done] ?? 0);
    }
  };
  for (const match of text.matchAll(pattern)) {
    copy(match.index);
    done += match[0].length;
    const character = characterOf(match);
    inner.text += character;
    for (const _ of character.split('')) {
      inner.from.push(from[match.index] ?? 0);
      inner.to.push(to[done - 1] ?? 0);
    }
  }
  if (done === 0) return undefined;
  copy(text.length);
  return inner;
}

/** The character that an escape stands for; empty for what only splits a text. */
function characterOf([, four, two, hex, decimal, name]: RegExpMatchArray): string {
  const digits = four ?? two ?? hex;
  const point = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
  const named = NAMED.get(name?.toLowerCase() ?? '');
  // An escape may hold a number beyond Unicode's range.
  const character = named ?? (point <= 0x10ffff ? String.fromCodePoint(point) : '');
  return character.replace(SPACE, '');
}

/**
 * What stands between `at` and the mark of a cut: nothing, or part of an escape. Undefined if the text isn't cut there.
 */
function restAt(text: string, at: number): string | undefined {
  CUT_OFF.lastIndex = at;
  return CUT_OFF.exec(text)?.[0].slice(0, -CUT.length);
}

function without(text: string, ranges: [from: number, to: number][]): string {
  let safe = '';
  let done = 0;
  for (const [from, end] of ranges.sort(([a], [b]) => a - b)) {
    const to = end + (restAt(text, end)?.length ?? 0);
    if (to <= done) continue;
    // Overlapping ranges count as one.
    if (from >= done) safe += text.slice(done, from) + HIDDEN;
    done = to;
  }
  return safe + text.slice(done);
}

/** The user information of a URL. */
const USER_INFO = /(\/\/)([^\s/?#@"'<>]{1,2000})@/g;

/** Hides the user information of all URLs in a text. */
export function hideUserInfo(text: string): string {
  if (!text.includes('@')) return text;
  return text.replace(USER_INFO, `$1${HIDDEN}@`);
}

/** The user information of all URLs in a text, and the passwords in it. */
export function userInfoIn(text: string): string[] {
  return [...text.matchAll(USER_INFO)].flatMap(([, , user = '']) => [
    user,
    user.slice(user.indexOf(':') + 1),
  ]);
}
