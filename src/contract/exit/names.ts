import { bare } from '../../client/exit/redactor.js';
import type { Contract } from '../model/contract.js';

/**
 * Members, parameters and headers that hold secrets, by their names in small letters, without what stands between
 * these.
 */
const SECRET =
  /tokens?$|secrets?$|secretkey|clientsecret|passw|passphrase|passcode|^pass$|pwd|apikey|accesskey|privatekey|authkey|signingkey|encryptionkey|hmac|^saml|subscriptionkey|auth$|authorization|bearer|cookie|credential|jwt|sessid|(?:^|connect)sid$|signature|^sig$|assertion|verifier|^otp$|^pin$|dpop|csrf|xsrf|connectionstring|(?:secret|auth|token)hash$|(?:id|access|refresh|auth|session|bearer|api|device|login|logout)token(?!type|ur[il]|endpoint|expir|lifetime|ttl|issued|created|count|limit|name)/;

/**
 * The sessions of somebody who has logged in, and what such a login is proved with. Cars have sessions too, and so has
 * support its tickets: `charging_session_id`, `session_energy`, `support_ticket_id`.
 */
const LOGIN =
  /^secretid$|^x?session(?:$|id|key|token|cookie|secret|ticket|hash|nonce|auth|cred)|(?<!charging|charge|parking|sub)sessionid|(?<!support|parking|external|parent)ticket$|(?:user|auth|login|sso|web|host)session$/;

/** Keys that open something, other than those by which something is found: `master_key`, `x-functions-key`. */
const KEY =
  /(?:master|application|consumer|account|shared|client|server|service|storage|licen[cs]e|functions?|host|deploy|admin|root|integration|webhook|ssh|gpg|pgp|wifi|wpa|network|device|pairing|sas)keys?$|^x?appkeys?$/;

/** Words of one's own that are secrets where a name ends with them: `userPin`, `db_pw`, `otps`, `url_sig`. */
const WORD = /^(?:pw|pwd|pass|passwd|pin|otp|totp|hotp|mtan|puk|cvv|cvc|psk|mnemonic|sig|jwt)s?$/;

/** What proves who somebody is, in two words or more: `mfa_code`, `recoveryCodes`, `seed phrase`, `secret-answer`. */
const PROOF =
  /(?:mfa|2fa|tfa|otp|twofactor|secondfactor|recovery|backup|verification|security|auth|authorization|authentication|access|pin|sms|onetime|login|signin|activation|confirmation|reset|unlock|scratch|emergency|secret|pairing|invite|invitation|magic|device|user)codes?$|(?:seed|recovery|backup|secret|pass)(?:phrase|word)s?$|(?:security|secret|challenge)answers?$/;

/** Words with which a name ends that says something of a secret: when, how long, how many, of what kind, by whom. */
const ABOUT =
  /^(?:at|date|count|duration|length|size|limit|ttl|lifetime|expires|expiry|expiration|enabled|required|supported|type|kind|category|format|status|strength|method|algorithm|policy|consent|banner|notice|preferences|names?|label|description|version|scopes?|issuer|audience|endpoint|domain|mode|amount|currency|hold|re[qs])$/;

/** What names a secret and isn't one: `credential_id`. What names a login is as good as it: `session_id`. */
const NAMING = /^u?u?ids?$/;

/** How a filter of a list compares, behind the name of what it compares: `updated_at__gte`. */
const COMPARED = /__(?:gte?|lte?|ne|in|range|isnull)$/i;

/** Names that look like those of secrets, and hold none. */
const PUBLIC = /^(?:tokentype|tokenur[il]|authorizationur[il]|keyid)$/;

/** Tokens that count words or lead to a page, by the word before them: `max_tokens`, `nextPageToken`. */
const NO_TOKEN =
  /^(?:(?:max|min|maximum|minimum|total|prompt|completion|input|output|cached|reasoning|used|unused|remaining|available|burst) ?tokens|(?:next|prev|previous|(?:next ?)?page|continuation|cursor|pagination|sync|delta|resume) ?token)$/;

/** Words that mean something else behind another one: the pins of a plug and of a map, a filter, a power. */
const NO_WORD =
  /^(?:(?:gpio|connector|contact|plug|pilot|proximity|cp|pp|map|mapping|drop|location|input|output|test) pins?|(?:season|day|battery|high|low|band|all|by|test) pass|(?:max|min|rated|peak|total) pw)$/;

/** What is said of a car's session as well: a secret where it looks like one. */
const VAGUE = /^(?:key|x?session(?:data|state|code|value|string|handle|ref))$/;

/**
 * Names of logins that are names of other things as well: what an object of such a name holds goes by its own names.
 */
const THING = /session$|ticket$/;

/** Parameters of OAuth that are worth something for a while (RFC 6749, RFC 7636, OpenID Connect). */
const OAUTH = /^(?:key|code|state|sessionstate|nonce|codechallenge|loginhint|requesturi)$/;

/** Members that say who or where somebody is. */
const PERSONAL = /e-?mail|phone|(?:full|first|last|sur)_?name|address|post_?code|latitude|longitude|^iccid$/i;

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\d]/gu, '');
}

/** The words of a name, however they are joined: `userPin`, `user_pin`, `USER-PIN-2`. */
function wordsOf(name: string): string[] {
  const words = name.replace(/(\p{Ll}|\d)(?=\p{Lu})/gu, '$1 ').match(/\p{L}+/gu) ?? [];
  return words.map((word) => word.toLowerCase());
}

/** A name in plain letters, whatever it was written in: wide ones, or escapes of any kind. */
function plain(name: string): string {
  // It takes white space out, which stands between words.
  return (/[%&\\]/.test(name) ? bare(name) : name).normalize('NFKC');
}

/** What was said of names. The objects of an API have the same few, and each body of a run is read. */
const said = new Map<string, boolean>();

/** Names that are remembered; then all are forgotten. */
const REMEMBERED = 5_000;

export function isSecret(name: string): boolean {
  if (name.length > LONGEST) return false;
  const known = said.get(name);
  if (known !== undefined) return known;
  const written = plain(name);
  // `password2`, `pin_1`: a number behind a name doesn't change what it means.
  const word = letters(written).replace(/\d+$/, '');
  const words = wordsOf(written.replace(COMPARED, ''));
  const last = words.at(-1) ?? '';
  const isLogin = LOGIN.test(word);
  const isNone =
    PUBLIC.test(word) ||
    ABOUT.test(last) ||
    NO_TOKEN.test(words.slice(-2).join(' ')) ||
    NO_WORD.test(words.slice(-2).join(' ')) ||
    NO_TOKEN.test(word) ||
    (NAMING.test(last) && !isLogin);
  const secret =
    (isLogin || SECRET.test(word) || KEY.test(word) || PROOF.test(word) || WORD.test(last)) && !isNone;
  if (said.size >= REMEMBERED) said.clear();
  said.set(name, secret);
  return secret;
}

/** Of a query, a fragment or a form. */
export function isSecretParameter(name: string): boolean {
  return isSecret(name) || (name.length <= LONGEST && OAUTH.test(letters(plain(name))));
}

export function isPrivate(name: string): boolean {
  return name.length <= LONGEST && (isSecret(name) || letters(plain(name)) === 'code' || PERSONAL.test(name));
}

/** Whether an object of that name is looked into: `session` may be a login, and a car's as well. */
export function isThing(name: string): boolean {
  return name.length <= LONGEST && THING.test(letters(plain(name)));
}

/** Whether a text of that name is a secret if it looks like one: `key`, which may be what a list is sorted by. */
export function isVague(name: string): boolean {
  return name.length <= LONGEST && VAGUE.test(letters(name));
}

/** No name that means something is longer. */
const LONGEST = 100;

/** Headers that are shown, by name: those of HTTP that hold no secret. */
const SHOWN = new Set(
  (
    'accept accept-charset accept-encoding accept-language accept-ranges age allow alt-svc cache-control connection ' +
    'content-disposition content-encoding content-language content-length content-location content-range ' +
    'content-security-policy content-type date deprecation etag expect expires from host if-match if-modified-since ' +
    'if-none-match if-range if-unmodified-since keep-alive last-modified link location max-forwards ' +
    'permissions-policy pragma prefer preference-applied range ratelimit ratelimit-limit ratelimit-policy ' +
    'ratelimit-remaining ratelimit-reset referrer-policy retry-after sec-fetch-dest sec-fetch-mode sec-fetch-site ' +
    'server server-timing strict-transport-security sunset te trailer transfer-encoding upgrade user-agent vary via ' +
    'warning www-authenticate x-content-type-options x-frame-options x-powered-by x-ratelimit-limit ' +
    'x-ratelimit-remaining x-ratelimit-reset sl-violations'
  ).split(' '),
);

const declaredIn = new WeakMap<Contract, ReadonlySet<string>>();

/** Which headers reports show with their values: the common ones, and those of the document. */
export function shownHeaders(contract: Contract | undefined): (name: string) => boolean {
  const own = contract && (declaredIn.get(contract) ?? declaredHeaders(contract));
  if (contract && own) declaredIn.set(contract, own);
  return (name) => {
    const low = name.toLowerCase();
    return (SHOWN.has(low) || own?.has(low) === true) && !isSecret(name);
  };
}

function declaredHeaders({ operations }: Contract): ReadonlySet<string> {
  const names = operations.flatMap(({ parameters, responses }) => [
    ...parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name),
    ...responses.flatMap(({ headers }) => headers.map(({ name }) => name)),
  ]);
  return new Set(names.map((name) => name.toLowerCase()));
}
