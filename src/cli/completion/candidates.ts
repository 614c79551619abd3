import type { Command, Option } from 'commander';
import { CHOICES } from '../api/values.js';

/**
 * The words that can stand at the cursor, each in a line, a tab before what it means.
 * @param words the words of the command line up to the cursor, the last one as far as it is written
 */
export function candidates(program: Command, words: readonly string[]): string {
  const [before, last] = [words.slice(0, -1), words.at(-1) ?? ''];
  const command = commandAt(program, before);
  const option = command.options.find(({ long, short }) => [long, short].includes(before.at(-1)));
  const found = option?.required
    ? valuesOf(option)
    : last.startsWith('-')
      ? optionsOf(command)
      : [...commandsOf(command), ...argumentsOf(command)];
  return found
    .filter(([word]) => word.startsWith(last))
    .map(([word, about]) => `${word}\t${about.replace(/\s+/g, ' ').slice(0, 70)}\n`)
    .join('');
}

type Candidate = readonly [word: string, about: string];

/** The command that the words name; options and their values stand between. */
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
  return command.registeredArguments.flatMap(({ argChoices = [] }) =>
    argChoices.map((choice): Candidate => [choice, '']),
  );
}

function optionsOf(command: Command): Candidate[] {
  const own = command.options.map(
    ({ long, short, description }): Candidate => [long ?? short ?? '', description],
  );
  return [...own, ['--help', 'what there is']];
}

function valuesOf(option: Option): Candidate[] {
  return (option.argChoices ?? CHOICES.get(option) ?? []).map((choice) => [choice, option.description]);
}
