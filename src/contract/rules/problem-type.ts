import { bodySchema, declaredResponse, isObject } from '../../document/index.js';
import { either, show } from '../../text/words.js';
import { textOf } from '../exchange/items.js';
import type { Contract } from '../model/contract.js';
import type { Rule } from '../model/rule.js';
import type { Finding } from '../model/violation.js';

export default {
  id: 'problem-type',
  on: 'answer',
  group: 'errors',
  title: 'Problems have the types that the document shows',
  explain:
    'Callers choose by the type what to do. Where all examples of an error have one type, another type, none, or ' +
    'the type of another status is a violation. So is a type at another address than all types of the document; ' +
    'a new one beside those is a note.',
  source: 'the examples of error answers in the document; RFC 9457, section 3.1.1',
  check({ operation, response, json }, contract) {
    const declared = declaredResponse(operation, response.status);
    if (response.status < 400 || !declared || !isObject(json?.value)) return undefined;
    const examples = declared.content.flatMap((media) => media.examples.map(({ value }) => value));
    const shown = [...new Set(examples.filter(isObject).map((example) => example.type))];
    const types = knownTypes(contract);
    if (shown.length === 0 || types.length === 0) return undefined;
    const { type } = json.value;
    const finding: Finding = {
      where: 'body /type',
      expected: either(shown.map((one) => (one === undefined ? 'no type' : show(one, 80)))),
      found: show(type, 80),
      pointer: bodySchema(declared, response.headers.get('content-type')) ?? declared.pointer,
    };
    if (shown.includes(type)) return [];
    const others = statusesOf(contract, type);
    if (others.length > 0 && !others.includes(String(response.status)))
      return [{ ...finding, found: `${show(type, 80)}, the type of a ${either(others)}` }];
    if (shown.length === 1 && shown[0] !== undefined) return [finding];
    if (type === undefined || type === 'about:blank' || types.some((other) => family(other) === family(type)))
      return [];
    const elsewhere = !types.some((other) => folder(other) === folder(type));
    return [elsewhere ? finding : { ...finding, note: true }];
  },
} satisfies Rule;

const known = new WeakMap<Contract, ReadonlyMap<unknown, ReadonlySet<string>>>();

/** The types in the document's examples, with the statuses of each; cached, since each error is compared with them. */
function typesOf(contract: Contract): ReadonlyMap<unknown, ReadonlySet<string>> {
  const types = known.get(contract) ?? typesOfExamples(contract);
  known.set(contract, types);
  return types;
}

function typesOfExamples({ operations }: Contract): Map<unknown, Set<string>> {
  const types = new Map<unknown, Set<string>>();
  for (const { status, content } of operations.flatMap(({ responses }) => responses))
    for (const { value } of content.flatMap(({ examples }) => examples))
      if (isObject(value)) types.set(value.type, (types.get(value.type) ?? new Set()).add(status));
  return types;
}

/** The types of problems. */
function knownTypes(contract: Contract): string[] {
  const isError = (status: string) => /^[45]/.test(status);
  return [...typesOf(contract)].flatMap(([type, statuses]) =>
    typeof type === 'string' && [...statuses].some(isError) ? [type] : [],
  );
}

/** The statuses for which the document's examples show a type. */
function statusesOf(contract: Contract, type: unknown): string[] {
  if (type === undefined || type === 'about:blank') return [];
  return [...(typesOf(contract).get(type) ?? [])];
}

/** Related types differ in their last word: `…/validation-failed-parameters/`, `…/validation-failed-version/`. */
function family(type: unknown): string {
  return textOf(type)
    .replace(/\/$/, '')
    .replace(/-[^-/]*$/, '');
}

function folder(type: unknown): string {
  return textOf(type).replace(/[^/]*\/?$/, '');
}
