import { Pauses } from '../../../src/contract/exit/pauses.js';
import { join, type OpenApiDocument } from '../../../src/document/index.js';
import type { Comparison } from './compare/difference.js';
import { compareDocument, compareWebhooks } from './compare/document.js';
import { compareEndpoint } from './compare/endpoints.js';
import { compareExportedTypes, findRenamed, namesOf } from './compare/exported-types.js';
import { matchEndpoints } from './compare/match-endpoints.js';
import { compareMethods } from './compare/methods.js';
import { placeOf } from './compare/place.js';
import { SchemaComparisons } from './compare/schemas.js';
import { gather, Judge } from './judge.js';
import { readEndpoints } from './normalise/contract.js';
import { Source } from './normalise/source.js';
import type { Change, Direction } from './types.js';
import { Messages } from './witness/messages.js';
import { Search } from './witness/search.js';
import { Validators } from './witness/validators.js';

/**
 * All changes from one document to another, each with its impact on code that uses the client, worst first.
 *
 * It compares the documents' meaning, not how they are written: `redocly diff` reports a renamed component, a parameter
 * that moved to its path, or an `allOf` as changes, and can't prove its verdicts.
 *
 * @throws DocumentError if one of them can't be read.
 */
export async function compareDocuments(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  signal?: AbortSignal,
): Promise<Change[]> {
  const reading = (direction: Direction) => ({
    old: new Source('old', direction, base),
    new: new Source('new', direction, revision),
  });
  const sources = { sent: reading('sent'), received: reading('received') };

  const endpoints = matchEndpoints(readEndpoints(base), readEndpoints(revision));
  const renamed = findRenamed(sources.received.old, sources.received.new);
  const kept = new Set(namesOf(revision));
  const gone = namesOf(base).filter((name) => !kept.has(name) && !renamed.has(name));
  const schemas = new SchemaComparisons(renamed, new Set(gone));
  const pauses = new Pauses(signal);
  const compared: ReturnType<typeof compareEndpoint>[] = [];
  for (const pair of endpoints.pairs) {
    await pauses.pause();
    compared.push(compareEndpoint(pair, sources, schemas));
  }
  const unreached = compareUnreached(sources.received, renamed, schemas);

  const validators = new Validators(base, revision);
  const judge = new Judge(new Search(validators, pauses), new Messages(sources.sent, validators), pauses);
  const whole = [
    ...compareExportedTypes(base, revision, renamed),
    ...compareDocument(base, revision),
    ...compareWebhooks(endpoints.gone, endpoints.added),
  ];
  const judged = await judge.judge({
    differences: [
      ...compared.flatMap(({ pair, differences }) => differences.map((difference) => ({ difference, pair }))),
      ...whole.map((difference) => ({ difference, pair: undefined })),
    ],
    roots: compared.flatMap(({ roots }) => roots),
    unreached,
  });
  return gather([...compareMethods(base, revision, endpoints.pairs), ...judged]);
}

/** Types that no operation of both documents uses may still be read by consumers. */
function compareUnreached(
  { old: before, new: after }: { old: Source; new: Source },
  renamed: ReadonlyMap<string, string>,
  schemas: SchemaComparisons,
): Comparison[] {
  const names = new Set(namesOf(after.document));
  return namesOf(before.document).flatMap((name) => {
    const now = renamed.get(name) ?? name;
    if (!names.has(now) || schemas.met(name, now)) return [];
    const pointer = join('#/components/schemas', now);
    const place = { text: placeOf(pointer), pointer };
    return [
      schemas.compare(before.at(join('#/components/schemas', name)), after.at(pointer), 'received', place),
    ];
  });
}
