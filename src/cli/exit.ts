import { CommanderError } from 'commander';
import { EvEnergyError } from '../client/errors/base.js';
import { ConfigurationError } from '../client/errors/configuration-error.js';
import { ConnectionError } from '../client/errors/connection-error.js';
import { QuotaReserveError } from '../client/errors/quota-reserve-error.js';
import { RateLimitError } from '../client/errors/status-errors.js';
import { CannotRun } from '../contract/errors.js';
import { isFileError, unexpected } from '../contract/exit/unexpected.js';
import { DocumentError } from '../document/errors.js';
import { seemsToWantTls, tlsReason } from '../node/tls.js';
import { fold } from '../text/wrap.js';
import { type Io, ReaderGone, widthOf } from './io.js';
import { inWordsOfCommands } from './words.js';

/** Exit codes: those of `sysexits.h` where they have one. */
const [DONE, FAILED, USAGE, QUOTA] = [0, 1, 2, 75];

export const EXIT_CODES = `Exit codes: 0 done, 1 failed, 2 the command line or environment can't be used,
nobody can confirm a write, or the output can't be written, 75 the hour's
requests are spent; 130, 143, 129 ended by SIGINT (Ctrl-C), SIGTERM, SIGHUP.`;

/** The command can't run as it was called. The message says how it can. */
export class UsageError extends Error {}

/** A failure that we expect to happen: its message is all that the user needs. */
export class CommandError extends Error {}

/** A signal ended the command. `code` is the exit code that says so. */
export class Interrupted extends Error {
  readonly code: number;

  constructor(code: number) {
    super('Interrupted.');
    this.code = code;
  }
}

/** Ctrl-C. */
const SIGINT = 130;

/** The output can't be written, as on a full disk. */
export class OutputError extends Error {}

/** Errors whose message says what is wrong and what to do, so no stack is shown. */
const EXPECTED = [EvEnergyError, UsageError, CommandError, OutputError, CannotRun, DocumentError];

/** Of these errors, the ones that the user can prevent with another command line, environment or disk. */
const UNUSABLE = [UsageError, ConfigurationError, OutputError, CannotRun, DocumentError];

/**
 * Says why a command has ended, and gives its exit code.
 *
 * @param interrupted what to print if a signal ended the command.
 */
export function ended(thrown: unknown, io: Io, interrupted = 'Interrupted.'): number {
  // Commander has written its message already, or the help that was asked for.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? DONE : USAGE;
  const { aborted, reason } = io.signal;
  const error = aborted ? reason : thrown;
  if (error instanceof ReaderGone) return DONE;
  if (aborted && !(error instanceof OutputError)) {
    io.stderr.write(`${interrupted}\n`);
    return error instanceof Interrupted ? error.code : SIGINT;
  }
  const isExpected = EXPECTED.some((one) => error instanceof one);
  const text = isExpected ? withAdvice(error) : unexpected(error, io.environment);
  io.stderr.write(`${fold(text, widthOf(io.stderr))}\n`);
  if (UNUSABLE.some((one) => error instanceof one) || isFileError(error)) return USAGE;
  // A reserve that isn't below the limit is never released, so a later start doesn't help.
  if (error instanceof QuotaReserveError) return error.reserve < error.limit ? QUOTA : USAGE;
  return error instanceof RateLimitError ? QUOTA : FAILED;
}

/** The message, and what to do if the server's certificate or protocol is wrong. */
function withAdvice(error: Error): string {
  const message = error instanceof EvEnergyError ? inWordsOfCommands(error.message) : error.message;
  const { cause } = error;
  const wantsTls = error instanceof ConnectionError && seemsToWantTls(cause, error.url);
  const advice = wantsTls ? 'if the server speaks https there, write https://' : tlsReason(cause);
  return advice === undefined ? message : `${message}. ${advice.charAt(0).toUpperCase()}${advice.slice(1)}`;
}

/** The error of a server that couldn't listen. If its port is taken, the message says how to choose another. */
export function portError(error: NodeJS.ErrnoException, port: number, option: string): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new CommandError(`Port ${port} is taken. End what listens there, or choose another with ${option}.`);
}
