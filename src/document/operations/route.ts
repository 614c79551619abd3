import { pathParameters } from '../naming.js';
import type { Operation } from '../types.js';

/** A path of the document, and the operations that requests to it can mean. */
export interface PathTemplate {
  path: string;
  /**
   * Matches a whole path below the base path, with or without a slash at the end unless the document has both; its
   * groups are the parameters.
   */
  pattern: RegExp;
  /** The names of the parameters, in the order of the groups. */
  names: string[];
  /** By method (upper case). */
  operations: Map<string, Operation>;
}

/** A path template without parameter names and final slash: two templates of the same shape match the same paths. */
export function pathShape(path: string): string {
  return exactShape(path).replace(/(?<!\/)\/+$/, '');
}

/**
 * The path before the segment that is a parameter: `/evses` for `evse_id` in `/evses/{evse_id}/status_logs`, and in
 * `/evses/{evse_id}:reset`. Undefined for a parameter that is a part of a segment, as in `/near/{lat},{lon}`.
 */
export function pathAbove(path: string, parameter: string): string | undefined {
  const at = path.indexOf(`/{${parameter}}`);
  const after = path.charAt(at + parameter.length + 3);
  return at >= 0 && ['', '/', ':'].includes(after) ? path.slice(0, at) : undefined;
}

/**
 * Matches a path with or without a slash at the end; the groups are the parameters, still encoded.
 *
 * @param start `^` if the path begins there, empty if something may precede it.
 */
export function pathPattern(path: string, start: '^' | '' = '^', end: '/?' | '/' | '' = '/?'): RegExp {
  return new RegExp(`${start}${pathShape(path).split('{}').map(literal).join('([^/]+)')}${end}$`);
}

/** The text of a path as a pattern. Characters that a URL can't contain, such as a space, arrive encoded. */
function literal(text: string): string {
  return Array.from(text, (character) => {
    const plain = character.replace(/[.*+?^${}()|[\]\\]/, '\\$&');
    const encoded = character === '%' ? character : encodeURI(character);
    return encoded === character ? plain : `(?:${plain}|${encoded})`;
  }).join('');
}

const known = new WeakMap<readonly Operation[], readonly PathTemplate[]>();

/** The paths of operations, the more specific ones first. The patterns are made once per list. */
export function pathTemplates(operations: readonly Operation[]): readonly PathTemplate[] {
  const templates = known.get(operations) ?? templatesOf(operations);
  known.set(operations, templates);
  return templates;
}

function templatesOf(operations: readonly Operation[]): PathTemplate[] {
  const templates = new Map<string, PathTemplate>();
  const shapes = new Set(operations.map(({ path }) => exactShape(path)));
  for (const operation of operations) {
    const { path } = operation;
    const template = templates.get(path) ?? {
      path,
      pattern: pathPattern(path, '^', endOf(path, shapes)),
      names: pathParameters(path),
      operations: new Map<string, Operation>(),
    };
    template.operations.set(operation.method, operation);
    templates.set(path, template);
  }
  return [...templates.values()].sort((a, b) => moreSpecific(a.path, b.path));
}

/** How a path may end: if the document has it both with and without a slash, each form stands for itself. */
function endOf(path: string, shapes: ReadonlySet<string>): '/?' | '/' | '' {
  const shape = exactShape(path);
  if (shape === '/') return '/?';
  const withSlash = shape.endsWith('/');
  return shapes.has(withSlash ? shape.slice(0, -1) : `${shape}/`) ? (withSlash ? '/' : '') : '/?';
}

function exactShape(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}');
}

/**
 * Negative if `a` is to be tried before `b`: segment by segment, a concrete one wins over a templated one (OpenAPI 3.1,
 * paths object), and of two templated ones the one with more literal text: `{id}:submit` over `{id}`.
 */
function moreSpecific(a: string, b: string): number {
  // A slash at the end isn't a segment: paths have the same length with and without it.
  const [segments, others] = [a, b].map((path) => pathShape(path).split('/')) as [string[], string[]];
  // A longer path never matches what a shorter one does, so we can sort by length first, which gives a consistent
  // order.
  if (segments.length !== others.length) return segments.length - others.length;
  for (const [index, segment] of segments.entries()) {
    const difference = openness(segment) - openness(others[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How much a segment matches besides itself. */
function openness(segment: string): number {
  if (!segment.includes('{')) return 0;
  const own = segment.replaceAll('{}', '').length;
  return 1 / (own + 1);
}
