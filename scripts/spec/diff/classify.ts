import { lookup, type OpenApiDocument, tokens } from '../../../src/document/index.js';
import { canonical } from './canonical.js';
import { type Compared, describe } from './describe.js';
import { findChanges } from './redocly-diff.js';
import { rate } from './rules.js';
import { compareMethods } from './signatures.js';
import type { Change, Direction, Impact, RawChange } from './types.js';
import { mergeUnions } from './unions.js';
import { Usage } from './usage.js';

const ORDER: Impact[] = ['breaking', 'compatible', 'editorial'];

/** Compared by method, where a path that was replaced by another isn't taken for a new name of it. */
const BY_METHOD = new Set(['SecurityRequirement', 'SecurityRequirementList']);

/**
 * All changes from one document to another with what each means for code that uses the client, worst first.
 *
 * @throws DocumentError when one of them has operations that no client can be made of.
 * @throws SpecError when they can't be compared.
 */
export async function compareDocuments(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  signal?: AbortSignal,
): Promise<Change[]> {
  const before = canonical(base);
  const after = canonical(revision);
  const raw = await findChanges(before, after, signal);
  const usage = { base: new Usage(before), revision: new Usage(after) };
  const changes = mergeUnions(raw, before, after)
    .filter((change) => !isComparedByMethod(change))
    .map((change) =>
      classify({ ...change, owner: ownerOf(change, after) }, usage, { base: before, revision: after }),
    );
  return unique([...compareMethods(base, revision), ...changes]).sort(
    (a, b) => ORDER.indexOf(a.impact) - ORDER.indexOf(b.impact),
  );
}

function isComparedByMethod({ typeName, kind, path, property }: RawChange): boolean {
  if (BY_METHOD.has(typeName)) return true;
  if (typeName === 'PathItem') return path.startsWith('#/paths/');
  return (
    typeName === 'Operation' && kind !== 'modified' && property === undefined && path.startsWith('#/paths/')
  );
}

function ownerOf({ revision, property }: RawChange, document: OpenApiDocument): unknown {
  if (!revision || property === undefined) return undefined;
  const own = `/${property}`;
  return lookup(
    document,
    revision.pointer.endsWith(own) ? revision.pointer.slice(0, -own.length) : revision.pointer,
  );
}

function classify(change: RawChange, usage: { base: Usage; revision: Usage }, compared: Compared): Change {
  const uses = [
    ...(change.base ? [usage.base.at(change.base.pointer)] : []),
    ...(change.revision ? [usage.revision.at(change.revision.pointer)] : []),
  ];
  const directions = new Set<Direction>(uses.flatMap((use) => [...use.directions]));
  const pointers = [change.base?.pointer, change.revision?.pointer];
  const impact = rate(change, directions);
  return {
    impact: impact === 'breaking' && isUnreached(change, usage.base) ? 'compatible' : impact,
    message: describe(change, compared),
    pointer: (change.revision ?? change.base)?.pointer ?? change.path,
    methods: [...new Set(uses.flatMap((use) => [...use.methods]))].sort(),
    types: [...new Set(pointers.flatMap((pointer) => schemaOf(pointer) ?? []))].sort(),
  };
}

/**
 * A component that is no exported type matters by its uses alone. Where it comes, goes or is renamed as a whole, what
 * that means is reported at each place that refers to it; within one, it matters if the old document uses it.
 */
function isUnreached({ base, revision, path, kind, property }: RawChange, before: Usage): boolean {
  const pointer = (base ?? revision)?.pointer ?? path;
  const [root, section] = tokens(pointer);
  if (root !== 'components' || section === 'schemas') return false;
  const whole = tokens(path).length === 3 && (kind !== 'modified' || property === 'key');
  return whole || before.at(pointer).directions.size === 0;
}

function schemaOf(pointer: string | undefined): string | undefined {
  const [root, kind, name] = tokens(pointer ?? '#');
  return root === 'components' && kind === 'schemas' ? name : undefined;
}

/** What several operations share shows up once. */
function unique(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [`${change.pointer} ${change.message}`, change])).values()];
}
