import {
  type OpenApiDocument,
  type Operation,
  readOperations,
  type SecurityScheme,
  securityOf,
} from '../../../../src/document/index.js';
import type { Change, Impact } from '../types.js';
import type { EndpointPair } from './difference.js';
import { templateOf } from './match-endpoints.js';

/**
 * Compares the client's methods themselves: their names, what they require, how they page.
 *
 * @param pairs corresponding operations, whatever their names.
 */
export function compareMethods(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  pairs: readonly EndpointPair[],
): Change[] {
  const before = new Map(readOperations(base).map((operation) => [nameOf(operation), operation]));
  const after = new Map(readOperations(revision).map((operation) => [nameOf(operation), operation]));
  const changes: Change[] = [];
  for (const [name, operation] of before) {
    const now = after.get(name);
    if (now)
      changes.push(
        ...compare(name, operation, now),
        ...compareWays(name, [base, operation], [revision, now]),
      );
    else
      changes.push(
        change('breaking', `Method ${name}() is gone${nowCalled(operation, pairs)}`, operation, name),
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

function nowCalled(operation: Operation, pairs: readonly EndpointPair[]): string {
  const now = pairs.find(({ old }) => old.root === 'paths' && old.pointer === operation.pointer)?.new;
  if (!now) return `, with ${operation.method} ${operation.path}`;
  const moved = templateOf(now.path) === templateOf(operation.path) ? '' : `, ${now.method} ${now.path}`;
  return `: it is now ${now.name ?? now.path}()${moved}`;
}

function compare(name: string, before: Operation, after: Operation): Change[] {
  const changes: Change[] = [];
  const note = (impact: Impact, message: string) => {
    changes.push(change(impact, `${name}() ${message}`, after, name));
  };
  if (before.method !== after.method) note('breaking', `is now a ${after.method}, was a ${before.method}`);
  if (templateOf(before.path) !== templateOf(after.path)) {
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

/** Compares the ways to sign in: if one of several is removed, whoever uses it is turned away. */
function compareWays(
  name: string,
  [base, before]: readonly [OpenApiDocument, Operation],
  [revision, after]: readonly [OpenApiDocument, Operation],
): Change[] {
  if (before.public || after.public) return [];
  const [was, is] = [waysOf(base, before), waysOf(revision, after)];
  if (was.length === 0 || is.length === 0) return [];
  const isAmong = (way: SecurityScheme[], others: SecurityScheme[][]) =>
    others.some((other) => other.every((scheme) => way.some((one) => isSame(one, scheme))));
  const tell = (impact: Impact, how: string, ways: SecurityScheme[][]) =>
    ways.map((way) => {
      const schemes = way.map((scheme) => scheme.name).join(' with ');
      return change(impact, `${name}() ${how} ${schemes}`, after, name);
    });
  return [
    ...tell(
      'breaking',
      'no longer takes',
      was.filter((way) => !isAmong(way, is)),
    ),
    ...tell(
      'compatible',
      'also takes',
      is.filter((way) => !isAmong(way, was)),
    ),
  ];
}

/** Without those that nobody can use, since the document doesn't declare them. */
function waysOf(document: OpenApiDocument, operation: Operation): SecurityScheme[][] {
  return securityOf(document, operation).filter((way) => way.every(({ declared }) => declared));
}

/** Whether the same credential goes to the same place, whatever the document calls it. */
function isSame(a: SecurityScheme, b: SecurityScheme): boolean {
  const isOther = a.kind === 'other' && a.name !== b.name;
  return !isOther && a.kind === b.kind && a.in === b.in && a.parameter === b.parameter;
}

function style(operation: Operation): string {
  return operation.paging?.style ?? 'nothing';
}

/** The operation's name in the client: `evses.statusLogs.list`. */
function nameOf({ resource, methodName }: Operation): string {
  return [...resource, methodName].join('.');
}

function change(impact: Impact, message: string, operation: Operation, method: string): Change {
  const rule = 'the methods of the client tell it';
  return {
    impact,
    message,
    pointer: operation.pointer,
    methods: [method],
    types: [],
    proof: { by: 'rule', rule },
  };
}
