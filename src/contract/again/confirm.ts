import type { Operation } from '../../document/index.js';
import { CutShort, NotCovered } from '../errors.js';
import { itemsOfAnswer } from '../exchange/items.js';
import type { TargetSession } from '../exchange/session.js';
import type { Exchange, Sent } from '../model/exchange.js';
import type { Play, Step } from '../model/run.js';
import type { Violation } from '../model/violation.js';
import { readWhole } from '../scenarios/lists/pages.js';
import { Moving } from './moving.js';
import { isStillListed, saysGone } from './still-there.js';
import { type Window, windowOf } from './window.js';

/** Plays steps, and finds what is wrong by comparison or by the expected status. */
export interface Court {
  play(step: Step, session: TargetSession): Promise<Play>;
  findings(step: Step, play: Play): Violation[];
}

/** A step with findings that aren't certain yet. */
interface Case {
  step: Step;
  doubts: readonly Violation[];
}

/**
 * The only place that confirms comparisons. What was read at different times may have changed in between, so each
 * finding of a step is checked again, with fresh requests right after one another. If it comes again unchanged, it is a
 * violation; otherwise it becomes a note with both values. If items come and go, or no key tells them apart, we compare
 * only a part of the collection where neither is the case. A server with replicas gets time to become consistent, and
 * is asked twice more.
 */
export class Confirmation {
  /** Why findings aren't violations, by their identity. */
  readonly doubted = new Map<string, string>();
  /** Findings in a part of a collection that stays the same. */
  readonly found: Violation[] = [];
  readonly #session: TargetSession;
  readonly #court: Court;
  readonly #moving = new Moving();
  readonly #pending: Case[] = [];

  constructor(session: TargetSession, court: Court) {
    this.#session = session;
    this.#court = court;
  }

  /** Plays a step again if it had findings. */
  async look(step: Step, play: Play): Promise<void> {
    if (isReading(step)) this.#moving.observe(play.exchanges);
    const found = this.#court.findings(step, play);
    // Something that a write seems to have changed may be changing by itself, as it did before.
    if (!isReading(step))
      for (const one of found.filter((finding) => this.#moving.concerns(finding)))
        this.doubted.set(identity(one), 'changed meanwhile, then others, as it did before by itself');
    // Such a step has confirmed its comparisons itself, but not the statuses of its answers.
    const doubts = step.confirmed
      ? found.filter(({ where }) => isReading(step) && where === 'status')
      : found;
    if (doubts.length === 0) return;
    const held = await this.#again(step, doubts);
    if (held.length > 0 && this.#session.line.isFar) this.#pending.push({ step, doubts: held });
  }

  /** Before something is written, and at the end: checks the remaining findings once more. */
  async settle(): Promise<void> {
    if (this.#pending.length > 0) await this.#session.settle();
    for (const { step, doubts } of this.#pending.splice(0)) {
      const held = await this.#again(step, doubts);
      if (held.length > 0) await this.#again(step, held);
    }
    this.#moving.forget();
  }

  /** The findings that come again unchanged. */
  async #again(step: Step, doubts: readonly Violation[]): Promise<Violation[]> {
    const session = this.#session.again();
    const play = await this.#court.play(step, session);
    if (play.failure instanceof CutShort) return this.#unanswered(step, doubts, play.failure);
    if (isReading(step)) this.#moving.observe(play.exchanges);
    const found = this.#court.findings(step, play);
    const same = new Map(found.map((one) => [evidence(one), one]));
    const held: Violation[] = [];
    for (const doubt of doubts) {
      const again = same.get(evidence(doubt));
      if (!again || this.#mayMove(step, doubt)) continue;
      if (isGone(again) && !(await isStillListed(again.exchange, session))) continue;
      held.push(doubt);
    }
    const gone = doubts.filter((doubt) => !held.includes(doubt));
    for (const doubt of gone) this.doubted.set(identity(doubt), this.#whyDoubted(step, doubt, found));
    await this.#inWindow(step, session, gone);
    return held;
  }

  /** Whether a comparison may only show that something changes by itself, or that items come and go. */
  #mayMove({ operation, rules }: Step, doubt: Violation): boolean {
    // A key stays what it is, even if a field of another object that has the same name changes.
    const isKey = doubt.where.split('/').at(-1) === operation?.collection?.key;
    if (doubt.alone) return !isKey && this.#moving.concerns(doubt);
    const comparesItems = doubt.where !== 'status' && rules.every(({ on }) => on !== 'probe');
    return (
      this.#moving.concerns(doubt) ||
      (comparesItems && operation !== undefined && this.#isLoose(operation, doubt.items))
    );
  }

  /**
   * Whether items of a collection come and go, or can't be told from one another by their keys.
   *
   * @param keys of the items that matter; undefined where all do.
   */
  #isLoose(operation: Operation, keys?: readonly string[]): boolean {
    const shared = this.#moving.momentsSharedIn(operation);
    const mayBeAnother = keys ? keys.every((key) => shared.has(key)) : shared.size > 0;
    return mayBeAnother || this.#moving.comesAndGoes(operation);
  }

  #whyDoubted({ operation }: Step, doubt: Violation, found: readonly Violation[]): string {
    const [shared] = operation ? this.#moving.momentsSharedIn(operation) : [];
    if (shared !== undefined && found.some((one) => evidence(one) === evidence(doubt)))
      return `of several items at ${shared} nothing says which one is meant`;
    const again = found.find(({ rule }) => rule === doubt.rule)?.found ?? 'as expected';
    return `changed meanwhile, then ${again}`;
  }

  /** If a step can't be repeated, only findings about a single answer count, not comparisons. */
  #unanswered(step: Step, doubts: readonly Violation[], { message }: CutShort): Violation[] {
    if (step.rules.every(({ on }) => on === 'probe')) return [...doubts];
    for (const doubt of doubts)
      this.doubted.set(
        identity(doubt),
        `changed meanwhile, then nothing, as it was not asked again: ${message}`,
      );
    return [];
  }

  /** Compares inside a part of the collection that no items enter or leave. */
  async #inWindow(step: Step, session: TargetSession, gone: readonly Violation[]): Promise<void> {
    const { operation } = step;
    if (!operation || !this.#isLoose(operation) || gone.length === 0) return;
    const window = windowIn(session, operation, this.#moving.momentsSharedIn(operation));
    if (!window) return;
    const before = await this.#keysIn(operation, window);
    if (before === undefined) return;
    const rules = new Set(gone.map(({ rule }) => rule));
    const first = (await this.#foundIn(step, window)).filter((one) => rules.has(one.rule));
    if (first.length === 0) return;
    const second = await this.#foundIn(step, window);
    // If items have left the part in between, it wasn't stable.
    if (before !== (await this.#keysIn(operation, window))) return;
    const again = new Set(second.map(identity));
    const known = new Set(this.found.map(identity));
    this.found.push(
      ...first.filter(
        (one) => again.has(identity(one)) && !known.has(identity(one)) && !this.#moving.concerns(one),
      ),
    );
  }

  /** The items of a part of a collection, to see whether the part stays as it is. */
  async #keysIn(operation: Operation, window: Window): Promise<string | undefined> {
    try {
      const pages = await readWhole(operation, this.#session.again(window));
      return pages.flatMap(({ keys }) => keys).join();
    } catch (error) {
      if (error instanceof NotCovered) return undefined;
      throw error;
    }
  }

  async #foundIn(step: Step, window: Window): Promise<Violation[]> {
    return this.#court.findings(step, await this.#court.play(step, this.#session.again(window)));
  }
}

/** Identifies a finding: the same evidence is the same finding. */
export function identity({ rule, operation, where, expected, found, exchange }: Violation): string {
  return JSON.stringify([rule, operation, where, expected, found, where === 'status' ? exchange?.name : '']);
}

/**
 * What must come again. For a finding that one answer shows by itself, only its kind; for a status, the same status to
 * the same question, since the second request may use other ids.
 */
function evidence(violation: Violation): string {
  const { rule, operation, where, expected, found, exchange, alone } = violation;
  if (alone) return JSON.stringify([rule, operation]);
  if (where !== 'status' || !exchange) return identity(violation);
  return JSON.stringify([rule, operation, where, expected, found, withoutIds(exchange)]);
}

/** What was asked, in words, with the names of path parameters in place of their values. */
function withoutIds(exchange: Sent): string {
  const path = 'probe' in exchange ? (exchange as Exchange).probe.path : {};
  return Object.entries(path).reduce(
    (name, [parameter, id]) => name.replaceAll(id, parameter),
    exchange.name,
  );
}

/** Whether the finding is that a request by id found nothing. */
function isGone(violation: Violation): violation is Violation & { exchange: Exchange } {
  const { where, exchange } = violation;
  return where === 'status' && exchange !== undefined && 'probe' in exchange && saysGone(exchange);
}

function isReading({ operation }: Step): boolean {
  return operation === undefined || operation.method === 'GET' || operation.method === 'HEAD';
}

function windowIn(
  { exchanges }: TargetSession,
  operation: Operation,
  shared: ReadonlySet<string>,
): Window | undefined {
  const items = exchanges
    .filter((exchange) => exchange.operation === operation)
    .flatMap((exchange) => itemsOfAnswer(exchange) ?? []);
  return windowOf(operation, items, shared);
}
