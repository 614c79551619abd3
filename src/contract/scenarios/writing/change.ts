import {
  hasChoices,
  hasType,
  isObject,
  type Operation,
  pathParameters,
  properties,
  resolve,
  type Schema,
} from '../../../document/index.js';
import { NotApplicable, NotCovered } from '../../errors.js';
import { difference, patched, unequal } from '../../exchange/difference.js';
import { type Item, itemsOfAnswer, keyField, keyOf, textOf } from '../../exchange/items.js';
import { bodyWithoutUnknownFields } from '../../exchange/unknown-fields.js';
import type { Exchange } from '../../model/exchange.js';
import type { Scenario } from '../../model/rule.js';
import type { Session } from '../../model/session.js';
import { listAbove, readerOf } from '../../operation/around.js';
import { shownSchema } from '../../operation/success.js';
import { wholePage } from '../../probe/make-probe.js';
import { bodyValues, jsonBody } from '../../probe/request-body.js';

const BEYOND_ASCII = 'Zoë 漢字 😀';

/** A change of an object: the object before, the request and its answer, and the object afterwards. */
export interface Change {
  exchange: Exchange;
  sent: Item;
  /** What was sent, as an object should show it. */
  expected: (shown: Item) => Item;
  /** The fields of that which can be shown as they were sent. */
  showable: readonly string[];
  before: Item;
  /** Undefined if the answer has no object. */
  answered: Item | undefined;
  after: Item;
  /** The reading after the change. */
  reading: Exchange;
  /** Fields that differ between two readings although nobody changed anything. */
  moving: readonly string[];
  /** Fields that can be sent. */
  writable: readonly string[];
  /** Fields that show one of a few values: states, that may follow from a change. */
  states: readonly string[];
  /** Other objects of the list around the first change, each before and after it. */
  others: readonly { before: Item; after: Item }[];
}

/** Changes an object by each example of a body, an empty one, and text beyond ASCII; reads it before and after. */
export const change: Scenario<readonly Change[]> = {
  name: 'change',
  // Before the operation's ordinary request: what that has broken already, a later change can't be seen to break.
  priority: -1,
  requests: ({ requestBody }) => (requestBody ? 10 : 0),
  // Looking again would show nothing: what one change has broken, the next can't break again.
  confirmed: true,
  notOnMock: 'the mock keeps no state',
  async play(operation, session) {
    const read = operation.method === 'DELETE' ? undefined : readerOf(session.contract, operation);
    const media = jsonBody(operation);
    const [first, ...others] = media ? bodyValues(session.contract, media).filter(isObject) : [];
    if (!read || !first) throw new NotApplicable('the operation changes nothing that can be read');
    const shown = (answer: Exchange) => shownBy(session, answer);
    const writable = writableFields(operation, session);
    const states = stateFields(read, session);
    const changes: Change[] = [];
    const list = listAbove(session.contract, operation.path);
    for (const sent of [
      first,
      ...(operation.method === 'PATCH' && allowsNone(operation, session) ? [{}] : []),
      ...beyondAscii(first, operation, read, session),
      ...others,
    ]) {
      const name = `with the body ${JSON.stringify(sent)}`;
      const probe = await session.probe(operation, { name, body: JSON.stringify(sent) });
      const listed = list && changes.length === 0 ? await othersIn(list, operation, session, probe.path) : [];
      const earlier = shown(await reread(read, session, probe.path));
      const before = shown(await reread(read, session, probe.path));
      const exchange = await session.send(probe);
      const isKept = (object: Item) => {
        const wanted = expectedIn(object, operation, before ?? {}, sent);
        return unequal(wanted, object, Object.keys(sent), '').length === 0;
      };
      const reading = await readingAfter(isKept, read, session, probe.path);
      const after = shown(reading);
      const later = shown(await reread(read, session, probe.path));
      const relisted = list && listed.length > 0 ? await othersIn(list, operation, session, probe.path) : [];
      if (!earlier || !before || !after || !later || exchange.response.status >= 300) continue;
      const moving = [...differing(earlier, before), ...differing(after, later)];
      const answered = shown(exchange);
      const changed = withoutKeys(sent, before, probe.path);
      changes.push({
        exchange,
        sent: changed,
        expected: (object) => expectedIn(object, operation, before, changed),
        showable: showableFields(changed, read, session),
        before,
        answered,
        after,
        reading,
        moving,
        writable,
        states,
        others: listed.flatMap(({ id, item }) => {
          const again = relisted.find((other) => other.id === id)?.item;
          return again ? [{ before: item, after: again }] : [];
        }),
      });
    }
    if (changes.length === 0)
      throw new NotCovered('no change succeeded, or what was changed could not be read');
    return changes;
  },
};

function expectedIn(shown: Item, { method }: Operation, before: Item, sent: Item): Item {
  return method === 'PATCH' ? patched(before, sent, shown) : sent;
}

async function reread(read: Operation, session: Session, path: Exchange['probe']['path']): Promise<Exchange> {
  // Always sent: an answer from before the change is outdated.
  return session.send(await session.probe(read, { name: 'around a change', path }));
}

/** The objects of a list besides the one that a path names, by their ids. */
async function othersIn(
  list: Operation,
  operation: Operation,
  session: Session,
  path: Exchange['probe']['path'],
): Promise<{ id: string; item: Item }[]> {
  const { [pathParameters(operation.path).at(-1) ?? '']: own, ...above } = path;
  const ask = { ...wholePage(list), name: 'around a change', path: above };
  const items = itemsOfAnswer(await session.send(await session.probe(list, ask))) ?? [];
  const key = keyField(list, items);
  return items.map((item) => ({ id: keyOf(item, key), item })).filter(({ id }) => id !== own);
}

/** Reads what was changed; if the change isn't visible yet, once more when it should be everywhere. */
async function readingAfter(
  isKept: (object: Item) => boolean,
  read: Operation,
  session: Session,
  path: Exchange['probe']['path'],
): Promise<Exchange> {
  const first = await reread(read, session, path);
  const object = shownBy(session, first);
  if (object && isKept(object)) return first;
  await session.settle();
  return reread(read, session, path);
}

/** What was sent, but for the keys that the path names: an item may keep them. */
function withoutKeys(sent: Item, before: Item, path: Exchange['probe']['path']): Item {
  const own = Object.values(path).at(-1);
  const isKey = (field: string) => Object.hasOwn(path, field) || textOf(before[field]) === own;
  return Object.fromEntries(Object.entries(sent).filter(([field]) => !isKey(field)));
}

/** The fields that can be shown as they were sent: a price that is sent as a number may be shown as text. */
function showableFields(sent: Item, read: Operation, { contract }: Session): string[] {
  const schema = shownSchema(contract, read);
  const fields = schema && properties(contract.document, schema.value, schema.pointer);
  return Object.keys(sent).filter((field) => {
    const shown = fields?.get(field);
    return shown === undefined || contract.accepts(shown.pointer, sent[field]);
  });
}

function differing(a: Item, b: Item): string[] {
  return Object.keys(a).filter((field) => difference(a[field], b[field]));
}

/** The object in an answer, without what the document lacks: a server may add that to what was sent. */
function shownBy({ contract }: Session, exchange: Exchange): Item | undefined {
  const value = exchange.response.status < 300 ? bodyWithoutUnknownFields(contract, exchange) : undefined;
  return isObject(value) ? value : undefined;
}

function writableFields(operation: Operation, { contract }: Session): string[] {
  const { schema, schemaPointer } = jsonBody(operation) ?? {};
  return schema === undefined ? [] : [...properties(contract.document, schema, schemaPointer ?? '#').keys()];
}

function stateFields(read: Operation, { contract }: Session): string[] {
  const { document } = contract;
  const schema = shownSchema(contract, read);
  const fields = schema ? properties(document, schema.value, schema.pointer) : [];
  return [...fields].flatMap(([name, { value, pointer }]) =>
    hasChoices(document, value, pointer) ? [name] : [],
  );
}

function allowsNone(operation: Operation, { contract }: Session): boolean {
  const pointer = jsonBody(operation)?.schemaPointer;
  return pointer !== undefined && contract.accepts(pointer, {});
}

/** The body with letters of other alphabets in its first text that is free, sent and read, if it has one. */
function beyondAscii(sent: Item, operation: Operation, read: Operation, { contract }: Session): Item[] {
  const { document } = contract;
  const shown = shownSchema(contract, read);
  const fields = shown && properties(document, shown.value, shown.pointer);
  const { schema = true, schemaPointer = '#' } = jsonBody(operation) ?? {};
  for (const [field, property] of properties(document, schema, schemaPointer)) {
    const { value } = resolve<Schema>(document, property.value, property.pointer);
    const isFree = isObject(value) && !('format' in value || 'pattern' in value || 'enum' in value);
    if (!isFree || !hasType(value, 'string') || typeof sent[field] !== 'string') continue;
    // What is sent as the name of another object is shown as its URL.
    const answered = fields?.get(field);
    if (answered && !contract.accepts(answered.pointer, BEYOND_ASCII)) continue;
    const changed = { ...sent, [field]: BEYOND_ASCII };
    return contract.acceptsSent(schemaPointer, changed) ? [changed] : [];
  }
  return [];
}
