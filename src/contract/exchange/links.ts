import { parseLinks } from '../../client/pages/link.js';
import type { Exchange } from '../model/exchange.js';

/** RFC 8288 calls it `prev`, this API `previous`. */
const RELATIONS = { next: ['next'], previous: ['previous', 'prev'] } as const;
export type Relation = keyof typeof RELATIONS;

const NONE = 'about:blank';

/** The links of an answer by relation; undefined if it has no readable Link header. */
export function linksOf({ response }: Exchange): ReadonlyMap<string, string> | undefined {
  const header = response.headers.get('link');
  return header === null ? undefined : readLinks(header);
}

function readLinks(header: string): ReadonlyMap<string, string> | undefined {
  try {
    return parseLinks(header);
  } catch {
    return undefined;
  }
}

/** The neighbours that a Link header names. */
export function relationsIn(header: string): ReadonlySet<Relation> {
  const links = readLinks(header);
  const relations: Relation[] = ['next', 'previous'];
  return new Set(relations.filter((relation) => RELATIONS[relation].some((name) => links?.has(name))));
}

/** The target of a relation; undefined if the link is missing. `about:blank` counts as a target. */
export function target(exchange: Exchange, relation: Relation): string | undefined {
  const links = linksOf(exchange);
  return RELATIONS[relation].map((name) => links?.get(name)).find((link) => link !== undefined);
}

/** The query of the page in that direction; undefined if there is none. */
export function neighbour(exchange: Exchange, relation: Relation): [string, string][] | undefined {
  const link = target(exchange, relation);
  if (link === undefined || link === NONE || !URL.canParse(link, exchange.request.url)) return undefined;
  return [...new URL(link, exchange.request.url).searchParams];
}

/** The links of an answer that lead to another page, as URLs. */
export function pageLinks(exchange: Exchange): { relation: Relation; url: URL }[] {
  return (['next', 'previous'] as const).flatMap((relation) => {
    const link = target(exchange, relation);
    if (link === undefined || link === NONE || !URL.canParse(link, exchange.request.url)) return [];
    return [{ relation, url: new URL(link, exchange.request.url) }];
  });
}

export function isEnd(exchange: Exchange, relation: Relation): boolean {
  return target(exchange, relation) === NONE;
}
