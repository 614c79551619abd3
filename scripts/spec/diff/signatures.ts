import { type OpenApiDocument, type Operation, readOperations } from '../../../src/document/index.js';
import type { Change, Impact } from './types.js';
import { nameOf } from './usage.js';

/** What changed in the methods of the client themselves: their names, what they need, how they page. */
export function compareMethods(base: OpenApiDocument, revision: OpenApiDocument): Change[] {
  const before = new Map(readOperations(base).map((operation) => [nameOf(operation), operation]));
  const after = new Map(readOperations(revision).map((operation) => [nameOf(operation), operation]));
  const changes: Change[] = [];
  for (const [name, operation] of before) {
    const now = after.get(name);
    if (now) changes.push(...compare(name, operation, now));
    else
      changes.push(
        change('breaking', `Method ${name}() is gone${renamed(operation, after)}`, operation, name),
      );
  }
  for (const [name, operation] of after) {
    if (before.has(name)) continue;
    changes.push(
      change('compatible', `New method ${name}(): ${operation.method} ${operation.path}`, operation, name),
    );
  }
  return changes;
}

function renamed(operation: Operation, after: ReadonlyMap<string, Operation>): string {
  for (const [name, other] of after) {
    const same =
      other.id === operation.id || (other.method === operation.method && other.path === operation.path);
    if (same) return `: it is now ${name}()`;
  }
  return `, with ${operation.method} ${operation.path}`;
}

function compare(name: string, before: Operation, after: Operation): Change[] {
  const changes: Change[] = [];
  const note = (impact: Impact, message: string) => {
    changes.push(change(impact, `${name}() ${message}`, after, name));
  };
  if (before.method !== after.method) note('breaking', `is now a ${after.method}, was a ${before.method}`);
  if (template(before.path) !== template(after.path)) {
    note('breaking', `now calls ${after.path}, before ${before.path}`);
  }
  if (before.public && !after.public) note('breaking', 'needs a token now');
  if (!before.public && after.public) note('compatible', 'needs no token any more');
  const scopes = after.scopes.filter((scope) => !before.scopes.includes(scope));
  const dropped = before.scopes.filter((scope) => !after.scopes.includes(scope));
  if (scopes.length > 0 && !before.public) note('breaking', `needs the scope ${scopes.join(', ')} now`);
  if (dropped.length > 0 && !after.public)
    note('compatible', `needs the scope ${dropped.join(', ')} no more`);
  if (before.paging?.style !== after.paging?.style) {
    note('breaking', `is paged by ${style(after)} now, before by ${style(before)}: it returns another type`);
  }
  if (
    before.paging?.cursorKind !== after.paging?.cursorKind &&
    before.paging?.style === after.paging?.style
  ) {
    note('compatible', `has cursors of another kind: ${after.paging?.cursorKind ?? 'unknown'}`);
  }
  return changes;
}

function style(operation: Operation): string {
  return operation.paging?.style ?? 'nothing';
}

function template(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}');
}

function change(impact: Impact, message: string, operation: Operation, method: string): Change {
  return { impact, message, pointer: operation.pointer, methods: [method], types: [] };
}
