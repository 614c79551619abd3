/**
 * A stateful fake of the API. Node.
 *
 * @module ev-energy-client/testing
 */

export type { RateLimit } from './api/rate-limit.js';
export { type SampleOptions, sampleData } from './data/index.js';
export type { Fake, ListeningFake } from './fake.js';
export * from './faults/fault.js';
export * from './faults/orders.js';
export type * from './http/exchange.js';
export type { Fetch } from './http/fetch.js';
export type { Recorded } from './http/recorded.js';
export type { AuthorizationRequest } from './oauth/codes.js';
export type * from './oauth/grant.js';
export type { FakeOptions, Tamper, TamperContext } from './options.js';
export { Problem, type ProblemDetails } from './problems.js';
export type * from './resources/resource.js';
export { createFake, startFake } from './start.js';
export type * from './webhooks/delivery.js';
export type * from './world.js';
