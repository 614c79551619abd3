import { isObject, join } from '../../../document/index.js';
import { parseJson } from '../../exchange/read-answer.js';
import type { Shown } from '../../model/result.js';
import { markup } from './markup.js';

/** Number of lines of a body to show around the faulty part. */
const AROUND = 60;

interface Line {
  text: string;
  /** Pointer to the member in this line. */
  pointer: string;
}

/**
 * A request and its answer, with the subject of the finding marked: the status, a header, or a member of the body.
 *
 * @param where place of the finding: `status`, `header Link`, `body /0/name`.
 */
export function exchangeDetails({ name, request, response }: Shown, where: string): string {
  const asked = `${markup(`${request.method} ${request.url}`)}\n${headerLines(request.headers, '')}${request.body ? `\n\n${markup(request.body)}` : ''}`;
  const status = where === 'status' ? `<mark>${response.status}</mark>` : String(response.status);
  const header = /^header (.+)$/.exec(where)?.[1] ?? '';
  const pointer = /^body ?(\/.*)?$/.exec(where)?.[1];
  const came = `${status}\n${headerLines(response.headers, header)}\n\n${body(response.body, pointer)}`;
  return `<details class="exchange"><summary>Request and answer: ${markup(name)}</summary><pre>${asked}</pre><pre>${came}</pre></details>`;
}

function headerLines(headers: Readonly<Record<string, string>>, faulty: string): string {
  return Object.entries(headers)
    .map(([name, value]) => marked(`${name}: ${value}`, name.toLowerCase() === faulty.toLowerCase()))
    .join('\n');
}

function marked(text: string, isFaulty: boolean): string {
  return isFaulty ? `<mark>${markup(text)}</mark>` : markup(text);
}

/** Shows a body from its beginning, or, if it is JSON, around the faulty member. */
function body(text: string, pointer: string | undefined): string {
  const json = parseJson(text);
  const lines = json ? jsonLines(json.value) : text.split('\n').map((line) => ({ text: line, pointer: '' }));
  const isFaulty = (line: Line) =>
    pointer !== undefined && (line.pointer === pointer || line.pointer.startsWith(`${pointer}/`));
  const first = nearest(lines, pointer);
  const from = Math.max(0, first - AROUND / 2);
  const shown = lines.slice(from, from + AROUND);
  const after = lines.length - from - shown.length;
  return [
    ...(from > 0 ? [`… ${from} lines before`] : []),
    ...shown.map((line) => marked(line.text, isFaulty(line))),
    ...(after > 0 ? [`… ${after} lines more`] : []),
  ].join('\n');
}

/** The line of a member, or, if it is missing, of the object that lacks it. */
function nearest(lines: readonly Line[], pointer = ''): number {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const index = lines.findIndex((line) => line.pointer === at);
    if (index >= 0) return index;
  }
  return 0;
}

/** The lines of JSON as `JSON.stringify` indents it, each with the pointer of its member. */
function jsonLines(value: unknown, pointer = '', indent = '', label = '', comma = ''): Line[] {
  const isList = Array.isArray(value);
  const members: [string, unknown][] = isList || isObject(value) ? Object.entries(value) : [];
  if (members.length === 0) return [{ text: `${indent}${label}${JSON.stringify(value)}${comma}`, pointer }];
  const [open, close] = isList ? '[]' : '{}';
  return [
    { text: `${indent}${label}${open}`, pointer },
    ...members.flatMap(([name, member], index) =>
      jsonLines(
        member,
        join(pointer, name),
        `${indent}  `,
        isList ? '' : `${JSON.stringify(name)}: `,
        index < members.length - 1 ? ',' : '',
      ),
    ),
    { text: `${indent}${close}${comma}`, pointer },
  ];
}
