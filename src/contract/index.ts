export type * from '../document/types.js';
export { CannotRun } from './errors.js';
export { Budget } from './exchange/budget.js';
export { loadRules } from './load-rules.js';
export type * from './model/exchange.js';
export type {
  About,
  AnswerRule,
  Group,
  ProbeRule,
  Rule,
  Scenario,
  ScenarioRule,
  SequenceRule,
  ServerRule,
  ServerScenario,
  SilenceRule,
} from './model/rule.js';
export { TARGETS, type Target, type TargetName } from './model/target.js';
export {
  type CheckableExchange,
  type CheckExchangeOptions,
  type ContractViolation,
  checkExchange,
} from './recorded/check-exchange.js';
export {
  type ContractMatchers,
  contractMatchers,
  type MatcherResult,
  type MatchOptions,
} from './recorded/matcher.js';
export { type Verified, verifyHar } from './recorded/verify-har.js';
export { type Failure, type Report, type ReportFinding, type ReportRun, reportOf } from './report/data.js';
export type { Redactor, Shown } from './report/redact.js';
export { reportSchema } from './report/schema.js';
export { type Accepted, readAccepted } from './run/accepted.js';
export { type CheckOptions, type CheckResult, check, conforms } from './run/check.js';
export type { OperationCoverage, Part } from './run/coverage.js';
export type { State, Verdict, Verdicts } from './run/verdicts.js';
export { type Contract, contractOf, loadContract } from './schema/contract.js';
export type { DocumentFault } from './schema/document-faults.js';
export type { Places } from './schema/places.js';
export type { SchemaError } from './schema/schema-errors.js';
export type { SchemaFault, Validation } from './schema/validation.js';
export { chooseTarget, type TargetOptions } from './targets/choose.js';
