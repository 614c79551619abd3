import { hideUserInfo, Redactor } from '../../client/exit/redactor.js';
import { inert } from '../../text/words.js';
import { secretsInText } from '../exit/find/in-text.js';
import { isSecret } from '../exit/names.js';
import type { Io, Stream } from './io.js';

/**
 * The control characters of our own layout: line feeds, colours, and a carriage return at the beginning or end of a
 * text, which overwrites a line. A return anywhere else isn't ours, and would hide the text before it.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const LAYOUT = /(\n|^\r|\r$|\u001b\[\d{1,2}m)/;

/** The layout of a command that uses no colours. */
export const LINES = /(\n|^\r|\r$)/;

/** The exit for a command's text: it removes secrets, and disarms what a terminal or CI system would obey. */
export interface Outlet extends Io {
  /** The secrets that are known from the beginning. Reports may not show them either. */
  readonly given: readonly string[];
  /** Takes the secrets out of a text. */
  hide(text: string): string;
  /** Adds secrets that become known during the run. */
  learn(...secrets: readonly string[]): void;
}

/** Everything that a command writes passes through here last. */
export function outlet(io: Io, args: readonly string[]): Outlet {
  const given = givenTo(io.environment, args);
  const secrets = knowing(given);
  const shown = (text: string) => printable(secrets.hide(text));
  return {
    given,
    hide: (text) => hideUserInfo(secrets.hide(text)),
    stdout: through(io.stdout, shown),
    stderr: through(io.stderr, shown),
    environment: io.environment,
    learn: (...more) => secrets.learn(...more),
  };
}

interface Passed extends Stream {
  write(text: string | Uint8Array): unknown;
  once?(event: 'drain', listener: () => void): unknown;
}

/** A stream that makes texts safe before writing them. Bytes are the content of a file, and stay as they are. */
export function through(stream: Passed, shown: (text: string) => string): Passed {
  const { isTTY, columns } = stream;
  return {
    ...(isTTY === undefined ? {} : { isTTY }),
    ...(columns === undefined ? {} : { columns }),
    ...(stream.once ? { once: stream.once.bind(stream) } : {}),
    write: (text) => stream.write(typeof text === 'string' ? shown(text) : text),
  };
}

/** The secrets that a command is given: in variables with telling names, and in its arguments, such as URLs. */
export function secretsGiven(environment: Io['environment'], args: readonly string[]): Redactor {
  return knowing(givenTo(environment, args));
}

function knowing(given: readonly string[]): Redactor {
  const secrets = new Redactor();
  secrets.learn(...given);
  return secrets;
}

function givenTo(environment: Io['environment'], args: readonly string[]): string[] {
  const own = Object.entries(environment)
    .filter(([name]) => name.startsWith('EV_ENERGY_'))
    .map(([name, value = '']) => ({ name, value }));
  // Variables that are named for a secret come last: of too many secrets, the latest stay known.
  return [
    ...[args.join(' '), ...own.map(({ value }) => value)].flatMap(secretsInText),
    ...own.filter(({ name }) => isSecret(name)).map(({ value }) => value.trim()),
  ];
}

/** Makes text harmless, line by line: only the control characters of our own layout keep their effect. */
export function printable(text: string, layout = LAYOUT): string {
  let begins = true;
  return hideUserInfo(text)
    .split(layout)
    .map((part, index) => {
      if (index % 2 === 1) {
        begins ||= part === '\n' || part === '\r';
        return part;
      }
      // Colours at the beginning of a line hide nothing from a CI system.
      const safe = begins ? inert(part) : inert(`.${part}`).slice(1);
      if (part.trim() !== '') begins = false;
      return safe;
    })
    .join('');
}
