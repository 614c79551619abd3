/** Stands at the end of a text that was cut off. */
export const CUT = '…';

/** What stands in the place of a secret. */
export const HIDDEN = '[redacted]';

/** Characters of a secret that any text may show: nobody guards so few, and to take them out makes texts unreadable. */
const HARMLESS = 4;

/** From so many characters on a secret is found in any spelling; a shorter one as it is. */
const SPELLED = 8;

/** Characters of a secret that count: what is longer is known by them. */
const LONGEST = 8_000;

/** Encodings that may lie around one another. */
const LAYERS = 4;

/**
 * Escapes of URLs, JSON and HTML, and what encodings put between characters: white space, the form's plus, backslashes.
 */
const ESCAPE =
  /%([\da-f]{2})|\\+(?:u([\da-f]{4})|x([\da-f]{2})|[bfnrt])?|&#x([\da-f]{1,6});?|&#(\d{1,7});?|&(amp|lt|gt|quot|apos);|[\s+\u200b]+/gi;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text with its escapes undone, and for each of its characters where it begins and ends in the text as it came. */
interface View {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * Secrets, and how they are taken out of a text: as they are, and from eight characters on in the spellings of URLs,
 * forms, JSON, HTML, base64 and hex, in capitals, split by white space, and where the text was cut within one. A text
 * is undone of its escapes, layer by layer, and read once for each, however many secrets there are.
 */
export class Redactor {
  /** By secret: the latest last. */
  readonly #spellings = new Map<string, ReadonlySet<string>>();
  /** Spellings by the characters that they begin with. */
  readonly #index = new Map<string, Set<string>>();

  readonly #most: number;

  /** @param most secrets that are kept in mind; of more, the latest */
  constructor(most = 200) {
    this.#most = most;
  }

  /** Those of fewer than five characters are none. */
  learn(...secrets: readonly (string | null | undefined)[]): void {
    for (const given of secrets) {
      // What a caller gives may be anything; that it is wrong is told elsewhere.
      if (typeof given !== 'string' || given.length <= HARMLESS) continue;
      const secret = given.slice(0, LONGEST);
      const known = this.#spellings.get(secret);
      const spellings = known ?? spellingsOf(secret);
      this.#spellings.delete(secret);
      this.#spellings.set(secret, spellings);
      if (known) continue;
      for (const spelling of spellings) {
        const start = lower(spelling.slice(0, HARMLESS + 1));
        const own = this.#index.get(start);
        if (own) own.add(spelling);
        else this.#index.set(start, new Set([spelling]));
      }
      if (this.#spellings.size > this.#most) this.#forgetOldest();
    }
  }

  /** The text without the secrets that are in it. */
  readonly hide = (text: string): string => {
    if (this.#index.size === 0 || text.length <= HARMLESS) return text;
    const hidden: [from: number, to: number][] = [];
    let view: View | undefined;
    // As it came first: what stands before a secret may look like the start of an escape.
    this.#find(text, text, (from, to) => hidden.push([from, to]));
    for (let layer = 0; layer < LAYERS; layer++) {
      const inner = undone(view ?? viewOf(text));
      if (!inner) break;
      view = inner;
      const { from: starts, to: ends } = inner;
      this.#find(inner.text, '', (from, to) => hidden.push([starts[from] ?? 0, ends[to - 1] ?? 0]));
    }
    return without(text, hidden);
  };

  /** @param raw the text as it came, in which alone short secrets are looked for */
  #find(text: string, raw: string, found: (from: number, to: number) => void): void {
    const low = lower(text);
    for (let at = 0; at < low.length - HARMLESS; at++) {
      let length = 0;
      for (const spelling of this.#index.get(low.slice(at, at + HARMLESS + 1)) ?? [])
        length = Math.max(length, matched(spelling, spelling.length < SPELLED ? raw : low, at));
      if (length === 0) continue;
      found(at, at + length);
      at += length - 1;
    }
  }

  #forgetOldest(): void {
    const kept = [...this.#spellings.keys()].slice(Math.ceil(this.#most / 10));
    this.#spellings.clear();
    this.#index.clear();
    for (const secret of kept) this.learn(secret);
  }
}

/** How much of the text from there on is the spelling, where that is enough to know it by. */
function matched(spelling: string, text: string, at: number): number {
  let length = 0;
  while (length < spelling.length && text[at + length] === spelling[length]) length++;
  const known =
    length === spelling.length ||
    (length > HARMLESS && text[at + length] === CUT) ||
    // A long one is known by its first half.
    (spelling.length >= 2 * SPELLED && length >= spelling.length / 2);
  return known ? length : 0;
}

/** What is looked for in a text: the secret itself, and what is left of its encodings when a text is undone. */
function spellingsOf(secret: string): Set<string> {
  if (secret.length < SPELLED) return new Set([secret]);
  const bytes = binary(secret);
  // No lone surrogate can be encoded.
  const basic = formEncoded(secret.replace(/\p{Cs}/gu, '\ufffd'));
  const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const all = [secret, ...[secret, bytes, hex, ...base64(bytes), ...base64(basic)].map(bare)];
  return new Set(all.map(lower).filter((spelling) => spelling.length >= SPELLED));
}

/** The text undone of all its escapes. */
function bare(text: string): string {
  let view = viewOf(text);
  for (let layer = 0; layer < LAYERS; layer++) view = undone(view) ?? view;
  return view.text;
}

/** UTF-8, a character for each byte. */
function binary(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** How base64 and base64url write bytes among others: at each of the three places where they may begin. */
function base64(bytes: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const written = btoa('\0'.repeat(before) + bytes);
    // Without the characters that hold bits of what stands before or behind.
    const own = written.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** As oauth4webapi writes id and secret into HTTP Basic (RFC 6749, 2.3.1 and appendix B). */
export function formEncoded(value: string): string {
  return encodeURIComponent(value)
    .replaceAll('%20', '+')
    .replace(/[-_.!~*'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Of the same length, as that of no other alphabet would be. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

function viewOf(text: string): View {
  const from = Array.from({ length: text.length }, (_, index) => index);
  return { text, from, to: from.map((index) => index + 1) };
}

/** One layer of escapes undone; undefined where there is none. */
function undone({ text, from, to }: View): View | undefined {
  const inner = { text: '', from: [] as number[], to: [] as number[] };
  let done = 0;
  const copy = (end: number) => {
    inner.text += text.slice(done, end);
    for (; done < end; done++) {
      inner.from.push(from[done] ?? 0);
      inner.to.push(to[done] ?? 0);
    }
  };
  for (const match of text.matchAll(ESCAPE)) {
    copy(match.index);
    done += match[0].length;
    const character = characterOf(match);
    if (character === '') continue;
    inner.text += character;
    inner.from.push(from[match.index] ?? 0);
    inner.to.push(to[done - 1] ?? 0);
  }
  if (done === 0) return undefined;
  copy(text.length);
  return inner;
}

function characterOf([, percent, unicode, byte, hex, decimal, name]: RegExpMatchArray): string {
  if (name) return NAMED[name.toLowerCase()] ?? '';
  const digits = percent ?? unicode ?? byte ?? hex;
  if (digits === undefined && decimal === undefined) return '';
  const character = String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(digits ?? '', 16));
  return /[\s+]/.test(character) ? '' : character;
}

function without(text: string, ranges: [from: number, to: number][]): string {
  let safe = '';
  let done = 0;
  for (const [from, to] of ranges.sort(([a], [b]) => a - b)) {
    if (to <= done) continue;
    // Those that overlap are one.
    if (from >= done) safe += text.slice(done, from) + HIDDEN;
    done = to;
  }
  return safe + text.slice(done);
}
