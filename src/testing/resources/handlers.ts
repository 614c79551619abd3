import { type OpenApiDocument, type Operation, pathShape } from '../../document/index.js';
import { collectionPath, jsonOf, listedItem, successOf } from '../made/collections.js';
import type { Answer, Call, Dataset, Handler, World } from '../world.js';
import { parentOf } from './reading.js';
import type { Store } from './resource.js';
import { put } from './writing.js';

/** Makes answers from the document. */
export interface Made {
  handlerOf(operation: Operation): Handler;
  /** Adds the headers and the body that the document describes to an answer about items, if it lacks them. */
  completed(answer: Answer, call: Call): Answer;
}

/**
 * Picks the handler of an operation: the data's own answer, else the items of a table, else one made from the document.
 */
export function handlerOf(
  operation: Operation,
  { dataset, store, document, made }: Pick<World, 'dataset' | 'store' | 'document'> & { made: Made },
): Handler {
  const { method, path } = operation;
  const name = `${method} ${pathShape(path)}`;
  const own = Object.entries(dataset.answers ?? {}).find(([key]) => pathShape(key) === name)?.[1];
  if (own) return (call) => own(call, parentOf(call));
  const onItems = itemHandler(operation, store) ?? collectionHandler(operation, store, document);
  if (!onItems) return made.handlerOf(operation);
  return (call) => made.completed(onItems(call), call);
}

/** Answers of the sample data, with what another document than its own requires of them. */
export function fittingAnswers(answers: Dataset['answers'] = {}): NonNullable<Dataset['answers']> {
  const fitted = (answer: Answer, { operation, world }: Call): Answer => {
    const pointer = jsonOf(successOf(operation, answer.status))?.schemaPointer;
    if (pointer === undefined || answer.body === undefined) return answer;
    return { ...answer, body: world.fitted(pointer, answer.body) };
  };
  const named = Object.entries(answers).map(([name, answer]): [string, typeof answer] => [
    name,
    (call, parent) => fitted(answer(call, parent), call),
  ]);
  return Object.fromEntries(named);
}

function itemHandler({ method, path }: Operation, store: Store): Handler | undefined {
  const collection = collectionPath(path);
  if (collection === undefined || !store.has(collection)) return undefined;
  switch (method) {
    case 'GET':
      return (call) => call.world.behaviours.retrieve(call);
    case 'PATCH':
      return (call) => call.world.behaviours.update(call);
    case 'PUT':
      return put;
    case 'DELETE':
      return (call) => call.world.behaviours.remove(call);
    default:
      return undefined;
  }
}

function collectionHandler(
  operation: Operation,
  store: Store,
  document: OpenApiDocument,
): Handler | undefined {
  if (!store.has(operation.path)) return undefined;
  if (operation.method === 'POST') return (call) => call.world.behaviours.create(call);
  const describesBody = jsonOf(successOf(operation, 200))?.schemaPointer !== undefined;
  // A list wrapped in an object isn't a list as this API returns it.
  if (operation.method !== 'GET' || (describesBody && !listedItem(document, operation))) return undefined;
  return (call) => call.world.behaviours.list(call);
}
