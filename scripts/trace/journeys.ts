import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Contract, type Exchange, reportOf, rules } from '../../src/contract/index.js';
import { htmlReport } from '../../src/contract/report/html/page.js';
import { judgeAnswer } from '../../src/contract/run/judge.js';
import { resultOf } from '../../src/contract/run/result.js';
import { documentFaults } from '../../src/contract/schema/document-faults.js';
import { loadContract } from '../../src/contract/schema/load-contract.js';
import { recordedTarget } from '../../src/contract/targets/recorded.js';
import { vendoredDocument } from '../../src/document/index.js';
import { EvEnergy } from '../../src/index.js';

/** Something the project does; we count the files it runs through. */
export interface Journey {
  name: string;
  /** Most files that it may run through. */
  most: number;
  act(): Promise<unknown>;
}

/** The journeys, and a function that ends the server they need. */
export async function journeys(): Promise<{ all: Journey[]; end(): void }> {
  const api = fork(new URL('./api.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  const [{ baseUrl, tokens }] = await once(api, 'message');
  const ev = new EvEnergy({ baseUrl, accessToken: tokens[0] });
  // After a 401 the source returns the other token.
  let asked = 0;
  const renewing = new EvEnergy({ baseUrl, accessToken: async () => tokens[asked++ % tokens.length] });
  return {
    all: [listLogs(ev), listThroughRefusals(renewing, api), await reportViolation()],
    end: () => api.disconnect(),
  };
}

const list = (ev: EvEnergy) =>
  ev.evses.statusLogs.list('evse01HSH04KDEWF6Z4DB2J77J74K5', {
    sampled_at__gte: '2024-01-01T00:00:00Z',
    expand: ['evse.model'],
  });

function listLogs(ev: EvEnergy): Journey {
  return {
    name: 'ev.evses.statusLogs.list(id, { sampled_at__gte, expand }) to a page',
    most: 16,
    act: async () => list(ev),
  };
}

function listThroughRefusals(ev: EvEnergy, api: ChildProcess): Journey {
  return {
    name: 'the same through 401, then 429, then 200',
    most: 16,
    async act() {
      api.send('refuse twice');
      await once(api, 'message');
      await list(ev);
    },
  };
}

/** Checks an answer whose body breaks its schema with the rule on schemas, up to the page that shows it. */
async function reportViolation(): Promise<Journey> {
  const contract = await loadContract(vendoredDocument());
  const exchange = brokenAnswer(contract);
  const schemaRule = rules.filter(({ id }) => id === 'body-schema');
  const faults = documentFaults(contract);
  const target = recordedTarget('traffic.har');
  return {
    name: 'one violation, from the answer to the HTML page',
    most: 20,
    async act() {
      const result = resultOf({
        contract,
        rules: schemaRule,
        target,
        operations: [exchange.operation],
        judgements: judgeAnswer(exchange, contract, schemaRule),
        exchanges: [exchange],
        faults,
        requests: 1,
        seconds: 0,
        strict: false,
        accepted: [],
        requireCoverage: false,
        complete: false,
      });
      if (!htmlReport(reportOf([result])).includes('1 cause')) throw new Error('no violation was found');
    },
  };
}

/** The document's own example of a list, with a field missing from the first object. */
function brokenAnswer(contract: Contract): Exchange {
  for (const operation of contract.operations) {
    for (const { status, content } of operation.responses) {
      const [media] = content;
      const [first, ...others] = [media?.examples[0]?.value].flat();
      if (!media || typeof first !== 'object' || first === null || !status.startsWith('2')) continue;
      for (const field of Object.keys(first)) {
        const { [field]: _, ...less } = first as Record<string, unknown>;
        const value = [less, ...others];
        if (media.schemaPointer === undefined || contract.accepts(media.schemaPointer, value)) continue;
        return exchangeOf(operation, media.mediaType, value);
      }
    }
  }
  throw new Error('the document has no list with an example');
}

function exchangeOf(operation: Exchange['operation'], mediaType: string, value: unknown): Exchange {
  const name = `${operation.method} ${operation.path}`;
  const url = `https://api.example.com${operation.path}`;
  const { method } = operation;
  return {
    number: 1,
    name,
    request: { method, url, headers: {} },
    response: {
      status: 200,
      headers: new Headers({ 'content-type': mediaType }),
      body: JSON.stringify(value),
    },
    json: { value },
    operation,
    probe: {
      name,
      operation,
      method,
      path: {},
      query: [],
      headers: {},
      credential: 'token',
      expect: ['2XX'],
      rule: 'succeeds',
      guessed: [],
    },
  };
}
