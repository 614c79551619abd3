export type * from '../document/types.js';
export { type Accepted, readAccepted } from './accepted.js';
export { Budget } from './budget.js';
export { type CheckOptions, type CheckResult, check, conforms } from './check.js';
export {
  type CheckableExchange,
  type CheckExchangeOptions,
  type ContractViolation,
  checkExchange,
} from './check-exchange.js';
export { type Contract, contractOf, loadContract } from './contract.js';
export type { OperationCoverage, Part } from './coverage.js';
export type { DocumentFault } from './document-faults.js';
export { CannotRun } from './faults.js';
export { type Verified, verifyHar } from './har.js';
export { loadRules } from './load-rules.js';
export { type ContractMatchers, contractMatchers, type MatcherResult, type MatchOptions } from './matcher.js';
export type * from './model.js';
export type { Places } from './places.js';
export type { Redactor, Shown } from './redact.js';
export { type Failure, type Report, type ReportFinding, type ReportRun, reportOf } from './report/data.js';
export { reportSchema } from './report/schema.js';
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
} from './rule.js';
export type { SchemaError } from './schema-errors.js';
export { chooseTarget, type TargetOptions } from './targets/choose.js';
export { TARGETS, type Target, type TargetName } from './targets/target.js';
export type { SchemaFault, Validation } from './validation.js';
export type { State, Verdict, Verdicts } from './verdicts.js';
