export type { Behaviours, Overrides } from './behaviours.js';
export { sampleData } from './data/index.js';
export type { Dataset, DatasetSource, Table } from './dataset.js';
export {
  type Fake,
  type FakeOptions,
  type Recorded,
  startFake,
  type Tamper,
  type TamperContext,
} from './fake.js';
export { Problem } from './problems.js';
export type * from './types.js';
