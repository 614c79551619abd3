import { readScopes } from '../../document/index.js';
import type { Fake, FakeOptions } from '../../testing/index.js';
import { startFake } from '../../testing/index.js';
import type { Contract } from '../model/contract.js';
import type { Target } from '../model/target.js';
import { leastNeededScopes } from './scopes.js';

/** Starts the stateful fake on a free loopback port. */
export async function fakeTarget(contract: Contract, options: FakeOptions = {}): Promise<Target> {
  return targetOf(await startFake({ document: contract.document, record: false, ...options }), contract);
}

/** A fake in process as target; stopping the target stops the fake. */
export function inProcess(fake: Fake, contract: Contract): Target {
  return { ...targetOf(fake, contract), fetch: fake.fetch };
}

/** A running fake as target; stopping the target stops the fake. */
export function targetOf(fake: Fake, contract: Contract): Target {
  const otherScopes = leastNeededScopes(contract);
  const [first, second] = otherScopes.map((scope) => fake.issueToken({ scopes: [scope] }));
  const tokens = {
    token: fake.token,
    wrong: 'fake-access-that-was-never-issued',
    expired: fake.issueToken({ lifetime: 0 }),
    'other-scope': first,
    'second-scope': second,
  };
  return {
    name: 'fake',
    baseUrl: fake.url,
    title: 'the fake',
    fixed: () => undefined,
    lacks: (operation) => fake.world.lackOf(operation),
    validates: true,
    prefer: false,
    knowsExamples: true,
    own: true,
    tokens,
    oauth: {
      tokenUrl: fake.tokenUrl,
      clientId: fake.clientId,
      clientSecret: fake.clientSecret,
      revocationUrl: fake.revocationUrl,
    },
    otherScopes,
    scopes: readScopes(contract.document),
    idIn: (path, ids) => {
      const collection = fake.world.store.collection(path, ids);
      const first = collection?.items[0]?.[collection.table.key];
      return first === undefined ? undefined : String(first);
    },
    stop: fake.close,
  };
}
