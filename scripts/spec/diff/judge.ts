import type { Pauses } from '../../../src/contract/exit/pauses.js';
import type { Comparison, Difference, EndpointPair, Root } from './compare/difference.js';
import { schemaNameOf } from './compare/place.js';
import { shapeOf } from './normalise/shape.js';
import type { Change, Impact, Proof } from './types.js';
import { type Changed, type Choice, choicesOf } from './witness/choices.js';
import type { Messages } from './witness/messages.js';
import { findRoutes, type Reach } from './witness/routes.js';
import type { Found, Search } from './witness/search.js';
import type { Refusal } from './witness/validators.js';

/** The result of a comparison, to be judged. */
export interface Compared {
  /** Differences in an operation as a whole, or outside of operations. */
  differences: { difference: Difference; pair: EndpointPair | undefined }[];
  roots: Root[];
  /** Pairs of schemas that no operation uses, but that are exported as types. */
  unreached: Comparison[];
}

/** A message that one document accepts, and why the other refuses it. */
type Message = Extract<Found, { value: unknown }>;

const NOWHERE: Reach = { routes: [], pairs: new Set() };
/** The rule for what we can't generate values for, such as a pattern with a look-ahead. */
const UNMADE = 'no value could be made that shows whether it breaks anything: look at it yourself';

/** The rule for a parameter that has another type in code, and is the same text in a request. */
const RETYPED = 'code that sends it no longer compiles, though the text in the request stays';

/** Rates each difference and gives the evidence: a rule, a witness, or the failed attempts to find one. */
export class Judge {
  readonly #search: Search;
  readonly #messages: Messages;
  readonly #pauses: Pauses;

  constructor(search: Search, messages: Messages, pauses: Pauses) {
    this.#search = search;
    this.#messages = messages;
    this.#pauses = pauses;
  }

  async judge(compared: Compared): Promise<Change[]> {
    const changes = compared.differences.map(({ difference, pair }) =>
      this.#byRule(difference, pair ? [pair] : []),
    );
    const reaches = findRoutes(compared.roots);
    const verdicts = new Map<Comparison, Change[]>();
    for (const comparison of [...reaches.keys(), ...compared.unreached.flatMap(allWithin)]) {
      if (verdicts.has(comparison)) continue;
      const judged: Change[] = [];
      for (const difference of comparison.differences) {
        await this.#pauses.pause();
        judged.push(await this.#judge(difference, comparison, reaches.get(comparison) ?? NOWHERE));
      }
      verdicts.set(comparison, judged);
      changes.push(...judged);
    }
    const combined = new Map<Comparison, Message | undefined>();
    for (const root of compared.roots) {
      const { comparison } = root;
      if (!combined.has(comparison)) {
        await this.#pauses.pause();
        combined.set(comparison, await this.#findCombined(root, verdicts));
      }
      const found = combined.get(comparison);
      if (found) changes.push(this.#combinedChange(root, found));
    }
    return changes;
  }

  #byRule(difference: Difference, pairs: Iterable<EndpointPair>): Change {
    const { plan } = difference;
    const [pair] = pairs;
    if (plan.by === 'rule') return changeOf(difference, plan.impact, { by: 'rule', rule: plan.rule }, pairs);
    if (plan.by === 'trial' || !pair) throw new Error(`${difference.message} has no schema to try`);
    const witness = this.#messages.witness(pair, plan.part, plan.value, plan.refusal);
    return changeOf(difference, 'breaking', { by: 'witness', witness }, pairs);
  }

  async #judge(difference: Difference, comparison: Comparison, { routes, pairs }: Reach): Promise<Change> {
    const { plan } = difference;
    if (plan.by !== 'trial') return this.#byRule(difference, pairs);
    if (shapeOf(plan.accepting).never) {
      return changeOf(difference, 'compatible', { by: 'rule', rule: 'nothing is allowed there' }, pairs);
    }
    const found = await this.#search.ofDifference(plan, comparison, routes, difference.message);
    if ('value' in found) {
      const { route, value } = found;
      const refusal = textOf(found.refusal);
      const witness = route
        ? this.#messages.witness(route.root.pair, route.root.part, value, refusal)
        : { message: 'a value of the type', part: difference.pointer, value, refusal };
      return changeOf(difference, 'breaking', { by: 'witness', witness }, pairs);
    }
    if (plan.otherwise !== undefined) {
      return changeOf(difference, 'breaking', { by: 'rule', rule: plan.otherwise }, pairs);
    }
    const isText = routes.length > 0 && routes.every(({ root }) => root.wires);
    if (plan.retypes && comparison.direction === 'sent' && isText) {
      return changeOf(difference, 'breaking', { by: 'rule', rule: RETYPED }, pairs);
    }
    if (found.tries === 0) return changeOf(difference, 'breaking', { by: 'rule', rule: UNMADE }, pairs);
    const { untried } = plan;
    return changeOf(
      difference,
      'compatible',
      { by: 'tries', tries: found.tries, ...(untried !== undefined && { untried }) },
      pairs,
    );
  }

  /**
   * Differences that break nothing separately may do so together, so we search for a message that none of them
   * explains. Answers shared by many operations, such as problems, are searched once.
   */
  async #findCombined(
    root: Root,
    verdicts: ReadonlyMap<Comparison, readonly Change[]>,
  ): Promise<Message | undefined> {
    const places: Changed[] = [];
    const choices: Choice[] = [];
    for (const [comparison, { routes }] of findRoutes([root])) {
      if (verdicts.get(comparison)?.some(({ impact }) => impact === 'breaking')) return undefined;
      for (const { plan } of comparison.differences) {
        if (plan.by === 'trial' && routes[0]) places.push({ route: routes[0], comparison, trial: plan });
      }
      if (routes[0]) choices.push(...choicesOf(comparison, routes[0]));
    }
    if (places.length === 0) return undefined;
    const route = { root, steps: { old: [], new: [] } };
    const found = await this.#search.ofMessage(route, places, choices, textOfPlace(root));
    return 'value' in found ? found : undefined;
  }

  /** The change that such a message shows. */
  #combinedChange(root: Root, { value, refusal }: Message): Change {
    const { pair, part } = root;
    const witness = this.#messages.witness(pair, part, value, textOf(refusal));
    const { pointer } = pair.new;
    const message = `${textOfPlace(root)}: breaks by changes that don't break each by itself`;
    const difference: Difference = {
      message,
      pointer,
      pointers: [pointer],
      plan: { by: 'rule', impact: 'breaking', rule: '' },
    };
    return changeOf(difference, 'breaking', { by: 'witness', witness }, [pair]);
  }
}

function textOfPlace({ pair, part }: Root): string {
  return `${pair.new.method} ${pair.new.path} › ${part}`;
}

function allWithin(comparison: Comparison): Comparison[] {
  const seen = new Set([comparison]);
  for (const one of seen) for (const { to } of one.edges) seen.add(to);
  return [...seen];
}

function changeOf(
  { message, pointer, pointers }: Difference,
  impact: Impact,
  proof: Proof,
  pairs: Iterable<EndpointPair>,
): Change {
  const methods = [...pairs].flatMap(({ old: before, new: after }) => [before.name, after.name]);
  return {
    impact,
    message,
    pointer,
    methods: [...new Set(methods.filter((name) => name !== undefined))].sort(),
    types: [...new Set(pointers.flatMap((at) => schemaNameOf(at) ?? []))].sort(),
    ...(impact !== 'editorial' && { proof }),
  };
}

function textOf({ path, reason }: Refusal): string {
  return `${path} ${reason}`.trim();
}

const ORDER: Impact[] = ['breaking', 'compatible', 'editorial'];

/** Merges changes that several operations or both directions share, with their worst rating; worst first. */
export function gather(changes: readonly Change[]): Change[] {
  const gathered = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.pointer} ${change.message}`;
    const known = gathered.get(key);
    if (!known) {
      gathered.set(key, change);
      continue;
    }
    const worst = ORDER.indexOf(change.impact) < ORDER.indexOf(known.impact) ? change : known;
    const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();
    gathered.set(key, {
      ...worst,
      methods: union(known.methods, change.methods),
      types: union(known.types, change.types),
    });
  }
  return [...gathered.values()].sort((a, b) => ORDER.indexOf(a.impact) - ORDER.indexOf(b.impact));
}
