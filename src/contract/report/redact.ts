import { isObject } from '../../document/index.js';
import { parseJson } from '../exchange/read-answer.js';
import type { Sent } from '../model/exchange.js';
import type { Redactor } from '../model/result.js';
import type { Target } from '../model/target.js';

const HIDDEN = '[redacted]';
/** Headers that always hold secrets. */
const SECRET_HEADERS = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key)$/i;
/** Members that hold secrets, or say who or where someone is. */
const PRIVATE_MEMBERS =
  /token$|secret|password|^code$|e-?mail|phone|(?:full|first|last|sur)_?name|address|post_?code|latitude|longitude|^iccid$/i;
/** Token types aren't tokens. */
const PUBLIC_MEMBERS = /^(?:token_type)$/i;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;
/** Credentials in text from a server. */
const AUTHORIZATION = /\b(Bearer|Basic)\s+[\w.~+/-]{8,}=*/gi;
/** Text from a server must not control the terminal or CI log that shows it. Tab, line feed and return are harmless. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Most characters of a body: enough to keep an answer with a violation whole, however long the page. */
const BODY = 200_000;

/** @param secrets to hide everywhere, wherever they occur. */
export function redactor(secrets: readonly string[] = []): Redactor {
  const patterns = [...new Set(secrets)].filter((secret) => secret.length >= 4).map(beginning);

  const text = (open: string) =>
    patterns
      .reduce((current, secret) => current.replaceAll(secret, HIDDEN), open)
      .replace(AUTHORIZATION, `$1 ${HIDDEN}`)
      .replace(EMAIL, HIDDEN)
      .replace(CONTROL, visible);

  const headers = (fields: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, SECRET_HEADERS.test(name) ? HIDDEN : text(value)]),
    );

  const body = (open: string, json: Sent['json']) => {
    const shown = text(withoutPrivateMembers(open, json));
    return shown.length <= BODY ? shown : `${shown.slice(0, BODY)}\n… ${shown.length - BODY} more characters`;
  };

  return {
    text,
    value(open) {
      const json = /^[[{]/.test(open) ? parseJson(open) : undefined;
      return text(json ? JSON.stringify(redactMembers(json.value)) : open.replace(MEMBER, withoutPrivate));
    },
    sent: ({ number, name, request, response, json }) => ({
      number,
      name: text(name),
      request: {
        method: request.method,
        url: text(withoutPrivateParameters(request.url)),
        headers: headers(request.headers),
        ...(request.body === undefined ? {} : { body: body(request.body, parseJson(request.body)) }),
      },
      response: {
        status: response.status,
        headers: headers(Object.fromEntries(response.headers)),
        body: body(response.body, json),
      },
    }),
  };
}

function withoutPrivateParameters(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  const names = [...parsed.searchParams.keys()].filter((name) => PRIVATE_MEMBERS.test(name));
  for (const name of names) parsed.searchParams.set(name, HIDDEN);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

/** JSON is shown indented, everything else as it is. */
function withoutPrivateMembers(body: string, json: Sent['json']): string {
  return json
    ? JSON.stringify(redactMembers(json.value), null, 2)
    : body.replace(/((?:token|secret|password|code)=)[^&\s]+/gi, `$1${HIDDEN}`);
}

/** A member of JSON inside other text. */
const MEMBER = /"((?:[^"\\]|\\.)*)"\s*:\s*(?:"(?:[^"\\]|\\.)*"?|[\w.+-]+)/g;

function withoutPrivate(member: string, name: string): string {
  return PRIVATE_MEMBERS.test(name) && !PUBLIC_MEMBERS.test(name) ? `"${name}":"${HIDDEN}"` : member;
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

/** The secrets of a target that reports must not show. */
export function secretsOf(target: Target): string[] {
  // The wrong token is made up, so it isn't secret.
  const { wrong: _, ...tokens } = target.tokens;
  const { oauth, keys, retired = [] } = target;
  const all = [...Object.values(tokens), ...retired, oauth?.clientSecret, ...(keys?.secrets ?? [])];
  return all.filter((secret) => secret !== undefined);
}

/** Matches a secret, even if the text was cut inside it: the first half is enough. */
function beginning(secret: string): RegExp {
  const start = secret.length < 16 ? secret : secret.slice(0, Math.ceil(secret.length / 2));
  return new RegExp(`${start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[\\w.~+/=-]*`, 'g');
}
