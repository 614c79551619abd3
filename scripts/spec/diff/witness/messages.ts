import { Random } from '../../../../src/testing/made/random.js';
import type { EndpointPair } from '../compare/difference.js';
import type { Part } from '../normalise/contract.js';
import type { Source } from '../normalise/source.js';
import type { Witness } from '../types.js';
import { CantMake, generate } from './generate.js';
import type { Validators } from './validators.js';

/** Describes the request or answer that a refused value belongs to. */
export class Messages {
  readonly #sent: { old: Source; new: Source };
  readonly #validators: Validators;

  constructor(sent: { old: Source; new: Source }, validators: Validators) {
    this.#sent = sent;
    this.#validators = validators;
  }

  /** @param part place of the value: `body`, `query page_size`; for an answer with the status in front. */
  witness(pair: EndpointPair, part: string, value: unknown, refusal: string): Witness {
    const [, status, rest] = /^(\dXX|\d{3}|default)(?: (.*))?$/i.exec(part) ?? [];
    const request =
      pair.old.root !== 'paths'
        ? `${pair.old.root === 'webhooks' ? 'webhook ' : ''}${pair.old.path}`
        : this.#request(pair, part);
    return {
      message: status === undefined ? request : `${request} → ${status}`,
      part: status === undefined ? part : (rest ?? 'status'),
      value,
      refusal,
    };
  }

  /** The request line with everything it needs, according to the old document. */
  #request({ old: endpoint }: EndpointPair, part: string): string {
    const sampled = (parameter: Part) => encodeURIComponent(String(this.#sample(parameter)));
    const path = endpoint.path.replace(/\{([^{}]+)\}/g, (template, name) => {
      const parameter = endpoint.parameters.find((p) => p.in === 'path' && p.name === name);
      return parameter && part !== `path ${name}` ? sampled(parameter) : template;
    });
    const needed = endpoint.parameters.filter(
      (p) => p.in === 'query' && p.required && part !== `query ${p.name}`,
    );
    const query = needed.map((parameter) => `${parameter.name}=${sampled(parameter)}`).join('&');
    return `${endpoint.method} ${path}${query === '' ? '' : `?${query}`}`;
  }

  #sample({ name, schema }: Part): unknown {
    const source = this.#sent.old;
    const located = source.at(schema.pointer, schema.value);
    const random = new Random(1);
    for (let turn = 0; turn < 50; turn++) {
      try {
        const value = generate(located, { random, optional: 0 });
        const isText = ['string', 'number'].includes(typeof value) && value !== '';
        if (isText && this.#validators.accepts(located, value)) return value;
      } catch (cause) {
        if (!(cause instanceof CantMake)) throw cause;
      }
    }
    return `{${name}}`;
  }
}
