import type { ParseArgsConfig } from 'node:util';
import type { Io } from '../io.js';

/** A command of `npm run spec`: its help, its options, and its action. */
export interface Command {
  usage: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** @returns the exit code. */
  run: (values: Values, io: Io, signal: AbortSignal) => Promise<number>;
}

export type Values = Record<string, string | boolean | undefined>;

/** The value of a `string` option. */
export function text(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
