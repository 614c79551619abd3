import { isObject, type JsonObject, join, type OpenApiDocument } from '../../../src/document/index.js';
import { compareFacts, counterpart, followed, isReference, ownFacts, roleOf } from './facts.js';
import { Shared } from './shared.js';

/** A sentence of the published document that is new to ours. */
export interface Sentence {
  /** Pointer into the resulting document. */
  pointer: string;
  text: string;
}

export interface Kept {
  document: OpenApiDocument;
  /** Sentences to rewrite in our own words. */
  sentences: Sentence[];
}

/**
 * Takes over what a pulled document promises, and keeps what is ours: sentences (if what they describe hasn't changed),
 * examples, extensions, components, and the order of everything. If nothing has changed, the result is our own
 * document.
 */
export function keepOurs(ours: OpenApiDocument, theirs: OpenApiDocument): Kept {
  const same = compareFacts(ours, theirs);
  const shared = new Shared(ours, theirs, same);

  const merge = (our: unknown, their: unknown, named: boolean): unknown => {
    if (same(our, their, named)) return our;
    if (isReference(our) && isReference(their)) return shared.merged(our, their, mergeParts);
    return mergeParts(followed(ours, our), followed(theirs, their), named);
  };

  const mergeParts = (our: unknown, their: unknown, named = false): unknown => {
    if (Array.isArray(our) && Array.isArray(their)) return mergeLists(our, their);
    if (!isObject(our) || !isObject(their)) return shared.adopted(their);
    const order = [...Object.keys(our), ...Object.keys(their).filter((key) => !Object.hasOwn(our, key))];
    const unchanged = ownFacts(ours, our) === ownFacts(theirs, their);
    return Object.fromEntries(
      order.flatMap((key): [string, unknown][] => {
        const value = mergeMember(our, their, key, named, unchanged);
        return value === undefined ? [] : [[key, value]];
      }),
    );
  };

  const mergeMember = (
    our: JsonObject,
    their: JsonObject,
    key: string,
    named: boolean,
    unchanged: boolean,
  ): unknown => {
    const role = named ? 'part' : roleOf(key);
    const [isOurs, isTheirs] = [Object.hasOwn(our, key), Object.hasOwn(their, key)];
    if (role === 'sentence') return unchanged || !isTheirs ? our[key] : their[key];
    if (role === 'example') {
      const has = 'example' in our || 'examples' in our;
      // Examples by name may be references, to components that have to come along; a single one is data.
      return has || unchanged ? our[key] : key === 'examples' ? shared.adopted(their[key]) : their[key];
    }
    if (role === 'value') return their[key];
    if (role === 'scopes') return scopes(our[key], their[key]);
    if (role === 'extension' && !isTheirs) return our[key];
    if (isOurs && isTheirs) return merge(our[key], their[key], role === 'named');
    return isTheirs ? shared.adopted(their[key]) : undefined;
  };

  const mergeLists = (our: readonly unknown[], their: readonly unknown[]): unknown[] => {
    const others = their.map((item) => followed(theirs, item));
    const found = our.map((item, index) => {
      const at = counterpart(followed(ours, item), others);
      return at ?? (isObject(item) && our.length === their.length && !named(item) ? index : undefined);
    });
    const kept = our.flatMap((item, index) => {
      const at = found[index];
      return at === undefined ? [] : [merge(item, their[at], false)];
    });
    return [
      ...kept,
      ...their.filter((_, index) => !found.includes(index)).map((item) => shared.adopted(item)),
    ];
  };
  const named = (item: unknown) => counterpart(followed(ours, item), [followed(ours, item)]) !== undefined;

  const { components: ourParts, ...ourRest } = ours;
  const { components: theirParts, ...theirRest } = theirs;
  const rest = mergeParts(ourRest, theirRest) as OpenApiDocument;
  // A server that was found elsewhere was never in the API's document, so it wasn't dropped. Ours come in our order.
  const servers = joined(ours.servers, theirs.servers);
  if (servers.length > 0) rest.servers = servers;
  // The API chooses its own name, unlike other titles.
  if (theirs.info.title !== undefined) rest.info = { ...rest.info, title: theirs.info.title };
  const schemes = mergeParts(
    { securitySchemes: isObject(ourParts) ? (ourParts.securitySchemes ?? {}) : {} },
    { securitySchemes: isObject(theirParts) ? (theirParts.securitySchemes ?? {}) : {} },
  ) as JsonObject;
  const document = shared.complete(rest, schemes, mergeParts);
  return { document, sentences: newSentences(document, ours) };
}

function joined(our: unknown, their: unknown): unknown[] {
  const [ours, theirs] = [our, their].map((list) => (Array.isArray(list) ? list : [])) as [
    unknown[],
    unknown[],
  ];
  return [...ours, ...theirs.filter((server) => counterpart(server, ours) === undefined)];
}

/** The current scopes, with our descriptions if we have them. */
function scopes(our: unknown, their: unknown): unknown {
  if (!isObject(our) || !isObject(their)) return their;
  return Object.fromEntries(Object.entries(their).map(([name, text]) => [name, our[name] ?? text]));
}

/** Sentences of a document that the other doesn't have anywhere. */
function newSentences(document: OpenApiDocument, ours: OpenApiDocument): Sentence[] {
  const known = new Set<string>();
  eachSentence(ours, '#', false, (_, text) => known.add(text));
  const found: Sentence[] = [];
  eachSentence(document, '#', false, (pointer, text) => {
    if (!known.has(text)) found.push({ pointer, text });
  });
  return found;
}

function eachSentence(
  part: unknown,
  pointer: string,
  named: boolean,
  visit: (pointer: string, text: string) => void,
): void {
  if (Array.isArray(part))
    for (const [index, item] of part.entries()) eachSentence(item, join(pointer, index), false, visit);
  if (!isObject(part)) return;
  for (const [key, value] of Object.entries(part)) {
    const role = named ? 'part' : roleOf(key);
    const at = join(pointer, key);
    if (role === 'sentence' && typeof value === 'string') visit(at, value);
    else if (role !== 'example' && role !== 'value' && role !== 'extension')
      eachSentence(value, at, role === 'named', visit);
  }
}
