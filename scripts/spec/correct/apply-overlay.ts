import type { JSONValue } from 'json-p3';
import { Pauses } from '../../../src/contract/exit/pauses.js';
import {
  isObject,
  type JsonObject,
  type OpenApiDocument,
  resolve,
  tokens,
} from '../../../src/document/index.js';
import { SpecError } from '../errors.js';
import type { Action, Overlay } from './overlay.js';
import { resolvedView } from './resolved-view.js';

/** The result of an action of the overlay. */
export interface Applied {
  target: string;
  description: string;
  /** Number of places that it changed; 0 if its target no longer matches. */
  count: number;
}

type Location = (string | number)[];
type Container = Record<string | number, unknown>;

/**
 * Applies the actions to the document, in place and in order (OpenAPI Overlay 1.0).
 *
 * Targets are matched with references resolved, so it makes no difference whether a document writes out a parameter or
 * refers to one. If the target matches the definition too, or all its uses, the definition is changed; otherwise a copy
 * replaces the reference. So an action never changes more than it names.
 */
export async function applyOverlay(
  document: OpenApiDocument,
  overlay: Overlay,
  signal?: AbortSignal,
): Promise<Applied[]> {
  let view: JsonObject | undefined;
  const applied: Applied[] = [];
  const pauses = new Pauses(signal);
  for (const action of overlay.actions) {
    await pauses.pause();
    view ??= resolvedView(document);
    const count = applyAction(document, view, action);
    if (count > 0) view = undefined;
    applied.push({ target: action.target, description: action.description, count });
  }
  return applied;
}

function applyAction(document: OpenApiDocument, view: JsonObject, action: Action): number {
  const { kind } = action.change;
  const matches = unique(action.query.query(view as JSONValue).nodes.map((node) => node.location));
  // A removal changes the container of the matched value.
  const changed = (location: Location) => (kind === 'update' ? location : location.slice(0, -1));
  const uses = matches.length > 0 ? countUses(view) : new Map<unknown, number>();
  const locations = sameThing(view, matches, changed).flatMap((same) =>
    definitionOf(document, same, changed, uses.get(walk(view, changed(same[0] ?? [])))),
  );
  if (action.change.kind === 'update') {
    for (const location of locations) update(document, location, action.target, action.change.value);
  } else {
    remove(locations.map((location) => [inlined(document, changed(location)), location.at(-1)]));
  }
  return locations.length;
}

/** Groups the locations that show the same object, with or without references. */
function sameThing(
  view: JsonObject,
  locations: readonly Location[],
  changed: (location: Location) => Location,
): Location[][] {
  const groups = new Map<unknown, Map<unknown, Location[]>>();
  for (const location of locations) {
    const object = walk(view, changed(location));
    const members = groups.get(object) ?? new Map<unknown, Location[]>();
    const member = location.slice(changed(location).length).join();
    groups.set(object, members.set(member, [...(members.get(member) ?? []), location]));
  }
  return [...groups.values()].flatMap((members) => [...members.values()]);
}

/**
 * Where to make the change, for locations that all show the same object.
 *
 * @param uses number of places in the paths and webhooks that show it.
 */
function definitionOf(
  document: OpenApiDocument,
  same: Location[],
  changed: (location: Location) => Location,
  uses: number | undefined,
): Location[] {
  const defined = same.map((location) => throughReferences(document, location, changed(location).length));
  const written = same.filter((_, index) => defined[index] === undefined);
  if (written.length > 0) return written;
  const [first] = defined;
  const used = same.filter(([part]) => part !== 'components');
  return first !== undefined && uses === used.length ? [first] : same;
}

/** The location with its references followed; undefined if it has none. */
function throughReferences(
  document: OpenApiDocument,
  location: Location,
  depth: number,
): Location | undefined {
  let value: unknown = document;
  let way: Location = [];
  let referred = false;
  for (const token of location.slice(0, depth)) {
    value = (value as Container)[token];
    way = [...way, token];
    while (isReference(value)) {
      referred = true;
      way = tokens(value.$ref);
      value = walk(document, way);
    }
  }
  return referred ? [...way, ...location.slice(depth)] : undefined;
}

/** Counts the places in the paths and webhooks that show each part of the view. */
function countUses(view: JsonObject): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const child of Object.values(value)) visit(child);
  };
  visit(view.paths);
  visit(view.webhooks);
  return counts;
}

function walk(root: unknown, location: Location): unknown {
  return location.reduce<unknown>((value, token) => (value as Container)[token], root);
}

/** The value at the location, after replacing each reference on the way (and there) by a copy of its target. */
function inlined(document: OpenApiDocument, location: Location): unknown {
  let value: unknown = document;
  for (const token of location) {
    const container = value as Container;
    if (isReference(container[token])) {
      container[token] = structuredClone(resolve(document, container[token], '#').value);
    }
    value = container[token];
  }
  return value;
}

function update(document: OpenApiDocument, location: Location, target: string, change: unknown): void {
  const value = inlined(document, location);
  if (Array.isArray(value)) value.push(structuredClone(change));
  else if (isObject(value) && isObject(change)) merge(value, change);
  else {
    throw new SpecError(
      `The overlay action '${target}' updates ${['$', ...location].join('/')}, which is ` +
        `${isObject(value) ? 'an object, with something else' : 'neither an object nor an array'}`,
    );
  }
}

/** Overlay 1.0: objects are merged, arrays concatenated, everything else is replaced. */
function merge(target: JsonObject, source: JsonObject): void {
  for (const [key, value] of Object.entries(source)) {
    const current = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(current) && isObject(value)) merge(current, value);
    else if (Array.isArray(current) && Array.isArray(value)) current.push(...structuredClone(value));
    else target[key] = structuredClone(value);
  }
}

function remove(members: readonly (readonly [unknown, string | number | undefined])[]): void {
  // Remove later array members first, to keep the other indices valid.
  for (const [container, key] of [...members].sort((a, b) => (Number(b[1]) || 0) - (Number(a[1]) || 0))) {
    if (Array.isArray(container)) container.splice(Number(key), 1);
    else if (isObject(container) && key !== undefined) delete container[key];
  }
}

/** A query may match the same place twice (RFC 9535, section 2.1.2). */
function unique(locations: readonly Location[]): Location[] {
  return [...new Map(locations.map((location) => [JSON.stringify(location), location])).values()];
}

function isReference(value: unknown): value is { $ref: string } {
  return isObject(value) && typeof value.$ref === 'string';
}
