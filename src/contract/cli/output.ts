import { inert } from '../../client/exit/inert.js';
import { HIDDEN, Redactor } from '../../client/exit/redactor.js';
import { USER } from '../exit/find.js';
import type { Io, Stream } from './io.js';

/** What our own layout is made of: lines, a line written over, colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const LAYOUT = /(\n|\r(?!\n)|\u001b\[\d{1,2}m)/;

/** Names of variables that hold no secret, though they are set for a client. */
const OPEN = /_(?:CLIENT_ID|BASE_URL|TOKEN_URL)$/;

/** A way out for text: what is secret goes, and no line is a command to the terminal or the CI system. */
export interface Outlet extends Io {
  /** Secrets that come up on the way. */
  learn(...secrets: readonly string[]): void;
}

/** All that a command writes passes here last, whoever wrote it. */
export function outlet(io: Io, args: readonly string[]): Outlet {
  const secrets = new Redactor();
  const variables = Object.entries(io.environment).filter(
    ([name]) => name.startsWith('EV_ENERGY_') && !OPEN.test(name),
  );
  secrets.learn(...variables.map(([, value]) => value?.trim()));
  for (const argument of args)
    for (const [, , user = ''] of argument.matchAll(USER))
      secrets.learn(user, user.slice(user.indexOf(':') + 1));
  const shown = (text: string) => printable(secrets.hide(text));
  const through = (stream: Stream): Stream => ({
    ...(stream.isTTY === undefined ? {} : { isTTY: stream.isTTY }),
    ...(stream.columns === undefined ? {} : { columns: stream.columns }),
    write: (text) => stream.write(shown(text)),
  });
  return {
    stdout: through(io.stdout),
    stderr: through(io.stderr),
    environment: io.environment,
    learn: (...more) => secrets.learn(...more),
  };
}

/** Text as lines that do nothing else: only what the layout is made of may do something. */
export function printable(text: string): string {
  let begins = true;
  return text
    .replace(USER, `$1${HIDDEN}@`)
    .split(LAYOUT)
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
