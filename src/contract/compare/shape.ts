import { isObject, join } from '../../document/index.js';

/** The shape of a JSON value: the types at each path; all items of a list share `/*`. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

export function shapeOf(value: unknown): Shape {
  const shape = new Map<string, Set<string>>();
  const visit = (current: unknown, path: string) => {
    const types = shape.get(path) ?? new Set();
    shape.set(path, types.add(typeName(current)));
    if (Array.isArray(current)) for (const item of current) visit(item, `${path}/*`);
    else if (isObject(current))
      for (const [name, member] of Object.entries(current)) visit(member, join(path, name));
  };
  visit(value, '');
  return shape;
}

/** Where two shapes differ. A path that only ever holds null, or lies in an empty list, is ignored. */
export function shapeDifferences(a: Shape, b: Shape): { path: string; a: string; b: string }[] {
  const paths = [...new Set([...a.keys(), ...b.keys()])].sort();
  const found: { path: string; a: string; b: string }[] = [];
  for (const path of paths) {
    // If a value differs, differences inside it follow from that.
    if (found.some((other) => path.startsWith(`${other.path}/`))) continue;
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (path !== '' && (!holds(a, parent, path) || !holds(b, parent, path))) continue;
    const [left, right] = [solid(a.get(path)), solid(b.get(path))];
    const onlyNull = (shape: Shape, types: readonly string[]) => shape.has(path) && types.length === 0;
    if (onlyNull(a, left) || onlyNull(b, right)) continue;
    if (left.join() !== right.join()) found.push({ path: path || '/', a: words(left), b: words(right) });
  }
  return found;
}

/** Whether the shape's parent could contain the path. */
function holds(shape: Shape, parent: string, path: string): boolean {
  const types = shape.get(parent);
  if (!types) return false;
  return path.endsWith('/*') ? shape.has(path) : types.has('object');
}

function solid(types: ReadonlySet<string> | undefined): string[] {
  return [...(types ?? [])].filter((type) => type !== 'null').sort();
}

function words(types: readonly string[]): string {
  return types.join(' or ') || 'missing';
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
