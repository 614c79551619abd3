import type { Pauses } from '../../../../src/contract/exit/pauses.js';
import { Random } from '../../../../src/testing/made/random.js';
import type { Comparison, Root, Trial } from '../compare/difference.js';
import type { Reading } from '../normalise/emit.js';
import { shapeOf } from '../normalise/shape.js';
import type { Schema } from '../normalise/source.js';
import type { Step } from '../normalise/step.js';
import type { Shape } from '../normalise/types.js';
import { alternativesAlong } from './alternatives.js';
import { type Changed, type Choice, changesWithin, type Within } from './choices.js';
import { CantMake, generate, type Wish } from './generate.js';
import type { Route } from './routes.js';
import type { Refusal, Refuser, Validators } from './validators.js';
import { readAsText } from './wire.js';

/** The result: a value in its message, or the number of failed tries. */
export type Found = Omit<Shown, 'clearness' | 'expected'> | { tries: number };

interface Shown {
  /** Undefined if the value is in no message. */
  route: Route | undefined;
  value: unknown;
  refusal: Refusal;
  /** What this difference alone refuses of the value, at its place. */
  expected: Refusal;
  /** How certain it is that this difference is what is refused. */
  clearness: number;
}

const CLEAR = 2;

/** Which document must accept a message, and which may refuse it. */
interface Sides {
  accepting: Schema;
  refusing: Schema;
  reading: Reading;
}

/** The search ends after this many values that both documents accept. */
const TRIES = 200;
/**
 * …or after this many, where most of them show nothing: something else in the message makes up for the difference, or
 * it takes a value that two branches fit.
 */
const MORE_TRIES = 600;
/** The search also ends after this many values in all, since not every generated value is accepted… */
const ATTEMPTS = 6000;
/** …or after this many where some were: too few to say that nothing breaks. */
const PATIENCE = 60_000;
/**
 * Values that are refused at their place but accepted in their message, because something else there makes up for the
 * difference.
 */
const MADE_UP_FOR = 40;
/** Number of candidates after which we stop looking for a clearer witness. */
const ENOUGH = 12;

/** Searches for messages that one document accepts and the other refuses. */
export class Search {
  readonly #validators: Validators;
  readonly #pauses: Pauses;

  constructor(validators: Validators, pauses: Pauses) {
    this.#validators = validators;
    this.#pauses = pauses;
  }

  /** Searches for a value that shows a difference, and a message that contains it. */
  async ofDifference(
    trial: Trial,
    comparison: Comparison,
    routes: readonly Route[],
    seed: string,
  ): Promise<Found> {
    const random = new Random(seed);
    const here = sidesOf(comparison);
    const refusalByThis = this.#refuser(trial, here.reading);
    const wish: Wish = { random, optional: 0.3, companions: trial.focus, forbidden: trial.forbidden };
    const harmless = this.#harmless(here, random);
    let tries = 0;
    let candidates = 0;
    let best: Shown | undefined;
    // What makes up for the difference in a message: beyond its own bounds it doesn't.
    let alternatives: readonly Shape[] | undefined;
    const enough = () => (alternatives ? MORE_TRIES : TRIES);
    const most = () => (tries === 0 ? ATTEMPTS : PATIENCE);
    for (let attempt = 0; attempt < most() && tries < enough(); attempt++) {
      await this.#pauses.pause();
      const around = alternatives && random.chance(0.5) ? alternatives : [];
      const value = this.#make(trial.accepting, { ...wish, companions: [...trial.focus, ...around] });
      if (value === NONE) continue;
      tries++;
      const alone = this.#alone(value, refusalByThis(value), here, routes.length === 0);
      if (!alone) continue;
      candidates++;
      if (!best || alone.clearness > best.clearness) best = alone;
      // If all routes keep making up for the difference, continue with the shortest one only.
      const tried = candidates > MADE_UP_FOR ? routes.slice(0, 1) : routes;
      for (const route of tried) {
        const shown = this.#inMessage(value, alone.expected, harmless, route, random);
        if (shown === 'accepted')
          alternatives ??= alternativesAlong(
            sidesOf(route.root.comparison).refusing,
            stepsOf(route).refusing,
          );
        else if (shown && shown.clearness > best.clearness) best = shown;
      }
      if (best.clearness === CLEAR || (best.clearness > 0 && candidates >= ENOUGH)) break;
    }
    // If a value is refused alone but accepted in a message, a refused message only counts if this difference is the
    // reason.
    if (!best || (best.clearness <= 0 && alternatives)) return { tries };
    // Without any message, nothing shows that the difference matters.
    return routes.length > 0 && !best.route ? { tries: 0 } : this.#withOwnReason(best, here);
  }

  /** Names the reason that this difference is about, where a message is refused for several. */
  #withOwnReason(shown: Shown, here: Sides): Shown {
    const { route, value, refusal, expected } = shown;
    if (refusal.reason === expected.reason) return shown;
    const { refusing, reading } = route ? sidesOf(route.root.comparison) : here;
    const at = route ? pathOf(stepsOf(route).accepting) : '';
    const own = this.#validators.refusals(refusing, reading, value).find(({ path, reason }) => {
      return path.startsWith(at) && path.endsWith(expected.path) && reason === expected.reason;
    });
    return own ? { ...shown, refusal: own } : shown;
  }

  /**
   * Searches for a message of a part that one document refuses, whatever the reason.
   *
   * @param choices where only one of several branches may fit: a value that fits two now is worth trying.
   */
  async ofMessage(
    route: Route,
    places: readonly Changed[],
    choices: readonly Choice[],
    seed: string,
  ): Promise<Found> {
    const random = new Random(seed);
    const { comparison } = route.root;
    const { accepting, refusing, reading } = sidesOf(comparison);
    const within = new Map(choices.map((choice) => [choice, changesWithin(choice, places)]));
    const enough = choices.length > 0 ? MORE_TRIES : TRIES;
    let tries = 0;
    for (let attempt = 0; attempt < ATTEMPTS && tries < enough; attempt++) {
      await this.#pauses.pause();
      const choice = random.chance(0.4) ? random.pick(choices) : undefined;
      const place = random.chance(0.6) ? random.pick(places) : undefined;
      const value = choice
        ? this.#makeOfTwo(accepting, choice, within.get(choice) ?? [], random)
        : place
          ? this.#makeAround(accepting, place.route, place.trial, random)
          : this.#make(accepting, { random, optional: 0.4, mixed: random.chance(0.5) });
      if (value === NONE) continue;
      tries++;
      const refusal = this.#refusalOf(route.root, refusing, reading, value);
      if (refusal !== undefined) return { route, value, refusal };
    }
    return { tries };
  }

  /**
   * The value in no message, if it is refused at its place.
   *
   * @param expected what this difference alone refuses of it.
   * @param unreached whether no message has such a value, so that nothing clearer will come.
   */
  #alone(
    value: unknown,
    expected: Refusal | undefined,
    { refusing, reading }: Sides,
    unreached: boolean,
  ): Shown | undefined {
    const refusal = expected && this.#validators.refusal(refusing, reading, value);
    if (!expected || !refusal) return undefined;
    const isClear = unreached && refusal.reason === expected.reason;
    return { clearness: isClear ? CLEAR : -1, route: undefined, value, refusal, expected };
  }

  /** A message with the value at the end of a route, if the other document refuses it. */
  #inMessage(
    value: unknown,
    expected: Refusal,
    harmless: unknown,
    route: Route,
    random: Random,
  ): Shown | 'accepted' | undefined {
    const { accepting, refusing, reading } = sidesOf(route.root.comparison);
    const steps = stepsOf(route).accepting;
    const seed = random.integer(0, 2 ** 31);
    const around = (inner: unknown) =>
      this.#make(accepting, { random: new Random(seed), optional: 0, aim: { steps, value: inner } });
    const message = around(value);
    if (message === NONE) return undefined;
    const refusal = this.#refusalOf(route.root, refusing, reading, message);
    if (refusal === undefined) return 'accepted';
    const shown = { route, value: message, refusal, expected };
    // Try the same message with a harmless value, to see whether this place is what is refused.
    if (harmless === NONE) return { ...shown, clearness: refusal.path.startsWith(pathOf(steps)) ? 1 : 0 };
    const other = around(harmless);
    const isClear = other !== NONE && this.#refusalOf(route.root, refusing, reading, other) === undefined;
    return { ...shown, clearness: isClear ? (refusal.reason === expected.reason ? CLEAR : 1) : 0 };
  }

  /** Why a message is refused. What is sent as text is refused if nothing that the text may stand for is accepted. */
  #refusalOf(
    { wires, comparison }: Root,
    schema: Schema,
    reading: Reading,
    message: unknown,
  ): Refusal | undefined {
    const refusalOf = (value: unknown) => this.#validators.refusal(schema, reading, value);
    if (!wires) return refusalOf(message);
    const [from, to] = comparison.direction === 'sent' ? [wires.old, wires.new] : [wires.new, wires.old];
    const refusals = readAsText(message, from, to)?.map(refusalOf) ?? [undefined];
    if (refusals.includes(undefined)) return undefined;
    // That the text isn't a list says less than what is wrong with the list that it may be.
    return refusals.find((refusal) => !/^must be [a-z,]+$/.test(refusal?.reason ?? '')) ?? refusals[0];
  }

  /** A value that both documents accept at the place. */
  #harmless({ accepting, refusing, reading }: Sides, random: Random): unknown {
    for (let turn = 0; turn < 40; turn++) {
      const value = this.#make(accepting, { random, optional: turn % 2 === 0 ? 0 : 0.4 });
      if (value !== NONE && this.#validators.refusal(refusing, reading, value) === undefined) return value;
    }
    return NONE;
  }

  #makeAround(root: Schema, route: Route, trial: Trial, random: Random): unknown {
    const wish = { random, optional: 0.3, companions: trial.focus, forbidden: trial.forbidden };
    const value = this.#make(trial.accepting, wish);
    if (value === NONE) return NONE;
    const steps = stepsOf(route).accepting;
    return this.#make(root, { random, optional: random.chance(0.5) ? 0 : 0.3, aim: { steps, value } });
  }

  /** A message with a value that fits two branches of which only one may fit. */
  #makeOfTwo(
    root: Schema,
    { route, branches, forbidden }: Choice,
    changes: readonly Within[],
    random: Random,
  ): unknown {
    const change = random.chance(0.5) ? random.pick(changes) : undefined;
    const one = change?.branch ?? random.pick(branches);
    const other = random.pick(branches.filter((branch) => branch !== one));
    if (!one || !other) return NONE;
    const companions = random.chance(0.5) ? [shapeOf(other)] : [];
    const optional = random.pick([0, 0.3, 0.6]) ?? 0;
    // Where the branch itself changed, what the other one allows may be what is seldom.
    const isItself = change?.steps.length === 0 && random.chance(0.5);
    const inner = change && this.#makeChanged(change.changed, random, isItself ? other : undefined);
    if (inner === NONE) return NONE;
    const at = change && { aim: { steps: change.steps, value: inner } };
    const value = this.#make(one, { random, optional, companions, forbidden, ...at });
    if (value === NONE || !this.#validators.accepts(other, value)) return NONE;
    const aim = { steps: route.steps.old, value };
    return this.#make(root, { random, optional: random.chance(0.5) ? 0 : 0.3, aim });
  }

  /** A value of a changed place as the new document has it, or as another schema has it, near what changed there. */
  #makeChanged({ comparison, trial }: Changed, random: Random, other = comparison.new): unknown {
    const { focus: companions, forbidden } = trial;
    return this.#make(other, { random, optional: 0.3, companions, forbidden });
  }

  /** A value that the schema accepts. */
  #make(schema: Schema, wish: Wish): unknown {
    try {
      const value = generate(schema, wish);
      return this.#validators.accepts(schema, value) ? value : NONE;
    } catch (cause) {
      if (cause instanceof CantMake) return NONE;
      throw cause;
    }
  }

  /**
   * Makes a function that says whether this one difference refuses a value, which is accepted without it; schemas
   * inside that are compared separately are left out.
   */
  #refuser({ base, variant }: Trial, reading: Reading): Refuser {
    const aside = new Set(schemasIn(base).filter((schema) => schemasIn(variant).includes(schema)));
    const refuserOf = (shape: Shape) =>
      this.#validators.ofShape(shape, reading, (schema) => !aside.has(schema));
    const refusal = refuserOf(variant);
    // Compiled when it is first needed: most differences refuse nothing.
    let without: Refuser | undefined;
    return (value) => {
      const found = refusal(value);
      if (!found) return undefined;
      without ??= refuserOf(base);
      return without(value) === undefined ? found : undefined;
    };
  }
}

const NONE = Symbol('none');

/** The new document must accept requests; the old document says how answers are read. */
function sidesOf(comparison: Comparison): Sides {
  const { old: before, new: after, direction } = comparison;
  return direction === 'sent'
    ? { accepting: before, refusing: after, reading: 'strict' }
    : { accepting: after, refusing: before, reading: 'tolerant' };
}

/** The steps from a message to the place, in either document. */
function stepsOf({ root, steps }: Route): Record<'accepting' | 'refusing', readonly Step[]> {
  return root.comparison.direction === 'sent'
    ? { accepting: steps.old, refusing: steps.new }
    : { accepting: steps.new, refusing: steps.old };
}

/** The schemas of its members and items. */
function schemasIn({ properties, items, prefixItems }: Shape): Schema[] {
  return [...properties.values(), ...(items ? [items] : []), ...prefixItems];
}

/** The pointer into a message, as far as the steps have names. */
function pathOf(steps: readonly Step[]): string {
  const known = steps.filter(({ to }) => to !== 'branch');
  const end = known.findIndex(({ to }) => to === 'member');
  const named = end < 0 ? known : known.slice(0, end);
  return named
    .map((step) => `/${step.to === 'property' ? step.name : step.to === 'item' ? step.index : ''}`)
    .join('');
}
