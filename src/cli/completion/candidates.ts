import type { Command, Option } from 'commander';
import { CHOICES, LISTS } from '../api/values.js';

/**
 * Lists the words that can stand at the cursor: one a line, each followed by a tab and what it means.
 * @param words the words of the command line up to the cursor, the last one as far as it is typed
 */
export function candidates(program: Command, words: readonly string[]): string {
  const { before, last, prefix } = atCursor(words);
  const command = commandAt(program, before);
  const option = command.options.find(({ long, short }) => [long, short].includes(before.at(-1)));
  const found = option?.required
    ? valuesOf(option, last)
    : last.startsWith('-')
      ? optionsOf(command)
      : [...commandsOf(command), ...argumentsOf(command)];
  return found
    .filter(([word]) => word.startsWith(last))
    .map(([word, about]) => `${prefix}${word}\t${about.replace(/\s+/g, ' ').slice(0, 70)}\n`)
    .join('');
}

type Candidate = readonly [word: string, about: string];

/**
 * Separates the word at the cursor from those before it. It splits `--output=j` too: `--output=` then precedes each
 * candidate.
 */
function atCursor(words: readonly string[]): { before: readonly string[]; last: string; prefix: string } {
  // bash hands the equals sign over as a word of its own.
  const given = words.filter((word) => word !== '=');
  const [before, last] = words.at(-1) === '=' ? [given, ''] : [given.slice(0, -1), given.at(-1) ?? ''];
  const [, long, value] = /^(--[^=]+)=(.*)$/s.exec(last) ?? [];
  if (long === undefined || value === undefined) return { before, last, prefix: '' };
  return { before: [...before, long], last: value, prefix: `${long}=` };
}

/** The command that the words name. Options and their values may stand in between. */
function commandAt(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word);
    if (next) command = next;
  }
  return command;
}

function commandsOf(command: Command): Candidate[] {
  return command.commands.map((one) => [one.name(), one.summary() || one.description()]);
}

function argumentsOf(command: Command): Candidate[] {
  return command.registeredArguments.flatMap((argument) =>
    (argument.argChoices ?? CHOICES.get(argument) ?? []).map((choice): Candidate => [choice, '']),
  );
}

function optionsOf(command: Command): Candidate[] {
  const own = command.options.map(
    ({ long, short, description }): Candidate => [long ?? short ?? '', description],
  );
  return [...own, ['--help', 'show the help']];
}

function valuesOf(option: Option, last: string): Candidate[] {
  const values = option.argChoices ?? CHOICES.get(option) ?? [];
  // In a list of values, those before the last comma are already chosen.
  const chosen = LISTS.has(option) ? last.split(',').slice(0, -1) : [];
  const head = chosen.map((one) => `${one},`).join('');
  return values.filter((value) => !chosen.includes(value)).map((value) => [head + value, option.description]);
}
