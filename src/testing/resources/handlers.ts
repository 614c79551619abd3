import { type Operation, pathShape } from '../../document/index.js';
import { Problem } from '../problems.js';
import type { Handler, World } from '../world.js';
import { parentOf } from './reading.js';

/** What answers an operation: the data's own answer, the items of a table, else the document's example. */
export function handlerOf(
  operation: Operation,
  { dataset, store }: Pick<World, 'dataset' | 'store'>,
): Handler {
  const { method, path } = operation;
  const name = `${method} ${pathShape(path)}`;
  const own = Object.entries(dataset.answers ?? {}).find(([key]) => pathShape(key) === name)?.[1];
  if (own) return (call) => own(call, parentOf(call));
  const collection = path.replace(/\/\{[^{}]*\}\/?$/, '');
  if (collection !== path && store.has(collection)) {
    if (method === 'GET') return (call) => call.world.behaviours.retrieve(call);
    if (method === 'PATCH' || method === 'PUT') return (call) => call.world.behaviours.update(call);
    if (method === 'DELETE') return (call) => call.world.behaviours.remove(call);
  }
  if (store.has(path)) {
    if (method === 'GET') return (call) => call.world.behaviours.list(call);
    if (method === 'POST') return (call) => call.world.behaviours.create(call);
  }
  return exampleOf(operation);
}

function exampleOf(operation: Operation): Handler {
  const success = operation.responses.find((response) => response.status.startsWith('2'));
  const [content] = success?.content ?? [];
  const [example] = content?.examples ?? [];
  return () => {
    if (!success || (content && !example)) {
      throw new Problem(501, 'Not implemented', `No sample data and no example for ${operation.id}.`);
    }
    return { status: Number(success.status), ...(example ? { body: structuredClone(example.value) } : {}) };
  };
}
