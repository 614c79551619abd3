import type { JsonObject } from '../../../../src/document/index.js';
import type { Answer, Body, Media, Part } from '../normalise/contract.js';
import type { Source } from '../normalise/source.js';
import type { Direction } from '../types.js';
import type { Difference, EndpointPair, Place, Plan, Root } from './difference.js';
import { compareNotes } from './notes.js';
import { placeOf, show } from './place.js';
import type { SchemaComparisons } from './schemas.js';

/** Both documents, each read for either direction. */
export type Sources = Readonly<Record<Direction, { old: Source; new: Source }>>;

/** The differences in an operation, and where its schemas are compared. */
export interface EndpointComparison {
  pair: EndpointPair;
  differences: Difference[];
  roots: Root[];
}

/** Compares everything in an operation: parameters by place and name, bodies by media type, answers by status. */
export function compareEndpoint(
  pair: EndpointPair,
  sources: Sources,
  schemas: SchemaComparisons,
): EndpointComparison {
  const found: EndpointComparison = { pair, differences: [], roots: [] };
  const comparison = new EndpointPairing(found, sources, schemas);
  comparison.compare();
  return found;
}

const BODY_FIRST = 'the body stands before the parameters in the arguments of the method';

class EndpointPairing {
  readonly #found: EndpointComparison;
  readonly #sources: Sources;
  readonly #schemas: SchemaComparisons;
  readonly #place: Place;
  /** For a webhook or callback, the consumer receives the request. */
  readonly #requests: Direction;
  readonly #answers: Direction;

  constructor(found: EndpointComparison, sources: Sources, schemas: SchemaComparisons) {
    this.#found = found;
    this.#sources = sources;
    this.#schemas = schemas;
    const { pointer, root, method, path } = found.pair.new;
    this.#place = { text: `${method} ${path}`, pointer };
    this.#requests = root === 'paths' ? 'sent' : 'received';
    this.#answers = root === 'paths' ? 'received' : 'sent';
  }

  compare(): void {
    const { old: before, new: after } = this.#found.pair;
    this.#notes(this.#place, before.value, after.value);
    this.#compareParts(before.parameters, after.parameters, this.#requests, (part) => ({
      text: `${this.#place.text} › parameter ${part.name}`,
      pointer: part.pointer,
    }));
    this.#compareBodies(before.body, after.body);
    this.#compareAnswers(before.answers, after.answers);
  }

  #compareParts(
    before: readonly Part[],
    after: readonly Part[],
    direction: Direction,
    referred: (part: Part) => Place,
    status?: string,
  ): void {
    for (const was of before) {
      const is = after.find(({ id }) => id === was.id);
      if (is) this.#comparePart(was, is, direction, sharedPlace(was, is, referred(is)), status);
      else this.#removedPart(was, direction, referred(was), status);
    }
    for (const is of after) {
      if (!before.some(({ id }) => id === is.id)) this.#addedPart(is, direction, referred(is));
    }
  }

  #removedPart(part: Part, direction: Direction, place: Place, status: string | undefined): void {
    const lacking = { by: 'message' as const, part: status ? `${status} headers` : 'headers', value: {} };
    const plan: Plan =
      direction === 'received' && part.required
        ? { ...lacking, refusal: `must have the header ${part.name}` }
        : breaking(direction === 'sent' ? 'the method takes it no more' : 'whoever reads it finds nothing');
    this.#add(place, 'removed', plan, '');
  }

  #addedPart(part: Part, direction: Direction, place: Place): void {
    const plan: Plan =
      direction === 'sent' && part.required
        ? { by: 'message', part: part.in, value: {}, refusal: `must have ${part.name}` }
        : compatible('nobody has to send it or to read it');
    this.#add(place, 'added', plan, '');
  }

  #comparePart(was: Part, is: Part, direction: Direction, place: Place, status: string | undefined): void {
    this.#notes(place, was.value, is.value);
    if (was.in === 'path' && was.name !== is.name) {
      this.#add(
        place,
        `name ${show(was.name)} → ${show(is.name)}`,
        compatible('methods take it by position'),
      );
    }
    if (was.required !== is.required) {
      const breaks = is.required === (direction === 'sent');
      const part = status ? `${status} headers` : is.in;
      const plan: Plan = breaks
        ? { by: 'message', part, value: {}, refusal: `must have ${is.name}` }
        : compatible(direction === 'sent' ? 'whoever sends it goes on' : 'it always comes now');
      this.#add(place, `required ${was.required} → ${is.required}`, plan);
    }
    const coded = was.serialisation.includes('/') || is.serialisation.includes('/');
    if (
      was.serialisation !== is.serialisation &&
      (coded || (was.serialisation !== '' && is.serialisation !== ''))
    ) {
      this.#add(
        place,
        `sent as ${was.serialisation} → ${is.serialisation}`,
        breaking('the same value is another text'),
      );
    }
    const name = status ? `${status} header ${is.name}` : `${is.in} ${is.name}`;
    this.#compareSchemas(was, is, direction, place, name);
  }

  #compareBodies(before: Body | undefined, after: Body | undefined): void {
    if (!before || !after) {
      if (before === after) return;
      const place = { text: `${this.#place.text} › requestBody`, pointer: (after ?? before)?.pointer ?? '#' };
      const needed = after?.required && this.#requests === 'sent';
      this.#add(
        place,
        before ? 'removed' : 'added',
        needed
          ? { by: 'message', part: 'body', value: undefined, refusal: 'must have a body' }
          : breaking(BODY_FIRST),
        '',
      );
      return;
    }
    const place = sharedPlace(before, after, {
      text: `${this.#place.text} › requestBody`,
      pointer: after.pointer,
    });
    this.#notes(place, before.value, after.value);
    if (before.required !== after.required) {
      const breaks = after.required === (this.#requests === 'sent');
      const refusal = 'must have a body';
      this.#add(
        place,
        `required ${before.required} → ${after.required}`,
        breaks
          ? { by: 'message', part: 'body', value: undefined, refusal }
          : compatible('whoever sends one goes on'),
      );
    }
    this.#compareMedia(before.media, after.media, this.#requests, place, '');
  }

  #compareAnswers(before: readonly Answer[], after: readonly Answer[]): void {
    for (const was of before) {
      const is = after.find(({ status }) => status === was.status);
      if (is) this.#compareAnswer(was, is);
      else
        this.#add(
          this.#answerPlace(was),
          'removed',
          isSuccess(was) ? breaking('the method answered with it') : THROWN,
          '',
        );
    }
    for (const is of after) {
      if (before.some(({ status }) => status === is.status)) continue;
      const known = before.some(({ status }) => status === 'default' || status === `${is.status[0]}XX`);
      const plan: Plan =
        isSuccess(is) && !known
          ? { by: 'message', part: is.status, value: undefined, refusal: `has no answer ${is.status}` }
          : THROWN;
      this.#add(this.#answerPlace(is), 'added', plan, '');
    }
  }

  #compareAnswer(was: Answer, is: Answer): void {
    const place = sharedPlace(was, is, this.#answerPlace(is));
    this.#notes(place, was.value, is.value);
    this.#compareParts(
      was.headers,
      is.headers,
      this.#answers,
      (part) => ({ text: `${place.text}.headers.${part.name}`, pointer: part.pointer }),
      is.status,
    );
    this.#compareMedia(was.media, is.media, this.#answers, place, is.status);
  }

  #compareMedia(
    before: readonly Media[],
    after: readonly Media[],
    direction: Direction,
    place: Place,
    status: string,
  ): void {
    const at = (media: Media): Place => ({ text: `${place.text}.${media.name}`, pointer: media.pointer });
    for (const was of before) {
      const is = after.find(({ id }) => id === was.id);
      if (is) {
        this.#notes(at(is), was.value, is.value);
        const part = [status, is.id === 'application/json' ? 'body' : `body as ${is.name}`].filter(Boolean);
        this.#compareSchemas(was, is, direction, at(is), part.join(' '));
        continue;
      }
      const refused: Plan = {
        by: 'message',
        part: `body as ${was.name}`,
        value: undefined,
        refusal: `takes no ${was.name}`,
      };
      this.#add(
        at(was),
        'removed',
        direction === 'sent' ? refused : breaking('whoever reads it finds nothing'),
        '',
      );
    }
    for (const is of after) {
      if (before.some(({ id }) => id === is.id)) continue;
      this.#add(at(is), 'added', compatible('it is one more to choose from'), '');
    }
  }

  #compareSchemas(
    was: Part | Media,
    is: Part | Media,
    direction: Direction,
    place: Place,
    part: string,
  ): void {
    const { old: before, new: after } = this.#sources[direction];
    const comparison = this.#schemas.compare(
      before.at(was.schema.pointer, was.schema.value),
      after.at(is.schema.pointer, is.schema.value),
      direction,
      place,
    );
    const wires = 'wire' in was && was.wire && 'wire' in is && is.wire && { old: was.wire, new: is.wire };
    this.#found.roots.push({ pair: this.#found.pair, part, comparison, ...(wires && { wires }) });
  }

  #answerPlace(answer: Answer): Place {
    return { text: `${this.#place.text} › responses.${answer.status}`, pointer: answer.pointer };
  }

  #notes(place: Place, before: JsonObject, after: JsonObject): void {
    this.#found.differences.push(...compareNotes(place, before, after));
  }

  #add(place: Place, message: string, plan: Plan, colon = ':'): void {
    const { pointer } = place;
    this.#found.differences.push({
      message: `${place.text}${colon} ${message}`,
      pointer,
      pointers: [pointer],
      plan,
    });
  }
}

const THROWN = compatible('errors are thrown, whatever their number');

function isSuccess({ status }: Answer): boolean {
  return /^[23]/.test(status);
}

function breaking(rule: string): Plan {
  return { by: 'rule', impact: 'breaking', rule };
}

function compatible(rule: string): Plan {
  return { by: 'rule', impact: 'compatible', rule };
}

/** The name of a shared part, or the given place if it isn't shared. */
function sharedPlace(was: { pointer: string }, is: { pointer: string }, referred: Place): Place {
  const shared = [was, is].every(({ pointer }) => pointer.startsWith('#/components/'));
  return shared ? { text: placeOf(is.pointer), pointer: is.pointer } : referred;
}
