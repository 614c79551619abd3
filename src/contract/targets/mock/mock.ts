import type { Contract } from '../../model/contract.js';
import { type Credential, SCOPED } from '../../model/probe.js';
import type { Target } from '../../model/target.js';
import { MOCK_KEYS } from '../keys.js';
import { limitOfPrism } from './limits.js';
import { startPrism } from './prism.js';

const FIXED = 'fixed examples';

/** Prism on a free loopback port, or one that is already running. It accepts any bearer token. */
export async function mockTarget(contract: Contract, baseUrl?: string): Promise<Target> {
  const prism = baseUrl === undefined ? await startPrism(contract.name) : undefined;
  return {
    name: 'mock',
    baseUrl: prism?.url ?? baseUrl ?? '',
    title: prism ? `Prism ${prism.version}` : `the mock at ${baseUrl}`,
    fixed: () => FIXED,
    validates: true,
    prefer: true,
    knowsExamples: true,
    own: true,
    tokens: tokens((credential) => `mock-token-${credential}`),
    keys: MOCK_KEYS,
    limit: limitOfPrism,
    stop: async () => prism?.stop(),
  };
}

/** The mock hosted with the API's documentation: fixed examples, whatever the request. */
export function hostedMockTarget(baseUrl: string): Target {
  return {
    name: 'hosted-mock',
    baseUrl,
    title: baseUrl,
    fixed: () => FIXED,
    validates: false,
    prefer: false,
    knowsExamples: true,
    own: false,
    tokens: tokens(() => 'mock-token'),
    stop: async () => {},
  };
}

/** A token for each credential that needs one. */
function tokens(of: (credential: Credential) => string): Target['tokens'] {
  const credentials: Credential[] = ['token', 'wrong', 'expired', ...SCOPED];
  return Object.fromEntries(credentials.map((credential) => [credential, of(credential)]));
}
