import { isObject } from '../../document/index.js';
import { type Credential, SCOPED, type Sent } from '../model/exchange.js';
import type { Target } from '../model/target.js';

const HIDDEN = '[redacted]';
/** Headers that carry secrets whatever is in them. */
const SECRET_HEADERS = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i;
/** Members that hold secrets or say who or where somebody is. */
const PRIVATE_MEMBERS =
  /token$|secret|password|^code$|e-?mail|phone|(?:full|first|last|sur)_?name|address|post_?code|latitude|longitude|^iccid$/i;
/** Token types aren't tokens. */
const PUBLIC_MEMBERS = /^(?:token_type)$/i;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;
/** Credentials that somebody else's server repeats. */
const AUTHORIZATION = /\b(Bearer|Basic)\s+[\w.~+/-]{8,}=*/gi;
/** A server must not write to the terminal or the CI log that shows what it said. Tab, line feed and return may. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const BODY = 6000;

/** An exchange as reports show it. */
export interface Shown {
  number: number;
  name: string;
  request: { method: string; url: string; headers: Record<string, string>; body?: string };
  response: { status: number; headers: Record<string, string>; body: string };
}

/** Takes secrets and personal data out of what reports show. */
export class Redactor {
  readonly #secrets: readonly RegExp[];

  /** @param secrets that must not appear anywhere, whatever carries them. */
  constructor(secrets: readonly string[] = []) {
    this.#secrets = [...new Set(secrets)].filter((secret) => secret.length >= 4).map(beginning);
  }

  text(text: string): string {
    const open = this.#secrets.reduce((current, secret) => current.replaceAll(secret, HIDDEN), text);
    return open.replace(AUTHORIZATION, `$1 ${HIDDEN}`).replace(EMAIL, HIDDEN).replace(CONTROL, visible);
  }

  sent({ number, name, request, response }: Sent): Shown {
    const body = request.body === undefined ? {} : { body: this.#body(request.body) };
    return {
      number,
      name: this.text(name),
      request: {
        method: request.method,
        url: this.#url(request.url),
        headers: this.#headers(request.headers),
        ...body,
      },
      response: {
        status: response.status,
        headers: this.#headers(Object.fromEntries(response.headers)),
        body: this.#body(response.body),
      },
    };
  }

  #url(url: string): string {
    if (!URL.canParse(url)) return this.text(url);
    const parsed = new URL(url);
    if ([...parsed.searchParams.keys()].some((name) => PRIVATE_MEMBERS.test(name))) {
      for (const name of parsed.searchParams.keys()) {
        if (PRIVATE_MEMBERS.test(name)) parsed.searchParams.set(name, HIDDEN);
      }
    }
    parsed.username = '';
    parsed.password = '';
    return this.text(parsed.href);
  }

  #headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        SECRET_HEADERS.test(name) ? HIDDEN : this.text(value),
      ]),
    );
  }

  #body(body: string): string {
    let shown: string;
    try {
      shown = JSON.stringify(redactMembers(JSON.parse(body)), null, 2);
    } catch {
      shown = body.replace(/((?:token|secret|password|code)=)[^&\s]+/gi, `$1${HIDDEN}`);
    }
    const text = this.text(shown);
    return text.length <= BODY ? text : `${text.slice(0, BODY)}\n… ${text.length - BODY} more characters`;
  }
}

function visible(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function redactMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactMembers);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const hide = PRIVATE_MEMBERS.test(name) && !PUBLIC_MEMBERS.test(name) && member !== null;
      return [name, hide ? HIDDEN : redactMembers(member)];
    }),
  );
}

/** What a run against a target must not show. */
export function secretsOf(target: Target): string[] {
  const credentials: Credential[] = ['token', 'expired', ...SCOPED];
  const tokens = credentials.map((credential) => target.token(credential));
  return [...tokens, target.oauth?.clientSecret].filter((secret) => secret !== undefined);
}

/** A secret, also where text was cut within it: its first half is enough to know it by. */
function beginning(secret: string): RegExp {
  const start = secret.length < 16 ? secret : secret.slice(0, Math.ceil(secret.length / 2));
  return new RegExp(`${start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[\\w.~+/=-]*`, 'g');
}
