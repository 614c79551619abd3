import type { OperationRow } from '../../client/resource/operation-row.js';
import type { Format } from '../output/formats.js';
import type { CommandEntry } from './entry.js';

/** The options that all operations share. */
export interface Flags {
  readonly output?: Format;
  readonly limit?: number;
  readonly since?: string;
  readonly until?: string;
  readonly body?: string;
  readonly asUser?: string;
  readonly timeout?: number;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** What a command line asks for: an operation, and the values for it. */
export interface Asked {
  readonly row: OperationRow;
  readonly entry: CommandEntry;
  /** The method's place in the client: `['things', 'logs', 'list']`. */
  readonly place: readonly string[];
  /** The command, as it was called. */
  readonly words: string;
  /** The method's first arguments: the values of the path in order, or the file to upload. */
  readonly values: readonly unknown[];
  readonly params: Readonly<Record<string, unknown>>;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly flags: Flags;
}
