import { type Argument, InvalidArgumentError, Option } from 'commander';
import { nearest } from '../../text/nearest.js';
import type { CommandValue } from './entry.js';

/** The values that completion suggests. They aren't commander's own choices, as the help would list them all. */
export const CHOICES = new WeakMap<Option | Argument, readonly string[]>();

/** The options that take several values, separated by commas. */
export const LISTS = new WeakSet<Option>();

/** The option for a value of the API. */
export function optionFor(value: CommandValue, flag: string, mandatory: boolean): Option {
  const option = new Option(`${flag} <${placeholder(value)}>`, describe(value));
  option.argParser((text: string, before: unknown) =>
    value.list ? [...((before as unknown[] | undefined) ?? []), ...readList(value, text)] : read(value, text),
  );
  CHOICES.set(option, value.type === 'boolean' ? ['true', 'false'] : (value.values ?? []));
  if (value.list && value.values) LISTS.add(option);
  return mandatory ? option.makeOptionMandatory() : option;
}

function placeholder({ type, values }: CommandValue): string {
  if (values) return 'value';
  return type === 'integer' || type === 'number' ? 'n' : (type ?? 'text');
}

/** Most values that the help lists. If there are more, it says how many. */
const LISTED = 12;

function describe({ about = '', values = [], list, type }: CommandValue): string {
  const more = [
    values.length > LISTED ? `${values.length} values` : values.join(', '),
    type === 'boolean' ? 'true or false' : '',
    list ? 'may be repeated' : '',
  ].filter(Boolean);
  return more.length > 0 ? `${about} (${more.join('; ')})`.trimStart() : about;
}

function readList(value: CommandValue, text: string): unknown[] {
  // A comma may be part of free text.
  const parts = value.values ? text.split(',') : [text];
  return parts.map((part) => read(value, part));
}

function read({ type, values }: CommandValue, text: string): unknown {
  if (values && !values.includes(text)) {
    const meant = nearest(text, values);
    throw new InvalidArgumentError(
      meant ? `Did you mean ${meant}?` : `It has to be one of ${values.join(', ')}.`,
    );
  }
  if (type === 'json') return json(text);
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw new InvalidArgumentError('It has to be true or false.');
    return text === 'true';
  }
  if (type === undefined) return text;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number) || (type === 'integer' && !Number.isInteger(number)))
    throw new InvalidArgumentError(`It has to be a${type === 'integer' ? ' whole' : ''} number.`);
  return number;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('It has to be JSON.');
  }
}
