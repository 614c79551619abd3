/**
 * The contract rules, for tests of your own. Node.
 *
 * @module ev-energy-client/contract
 */

export type * from '../document/types.js';
export { CannotRun } from './errors.js';
export { Budget } from './exchange/budget.js';
export type { FuzzOptions } from './fuzz/fuzz.js';
export type { Contract, DocumentFault, SchemaError, SchemaFault } from './model/contract.js';
export type * from './model/exchange.js';
export type * from './model/probe.js';
export type { CheckResult, LeftOut, OperationCoverage, Part, Redactor, Shown } from './model/result.js';
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
export type { FuzzCase, Fuzzed, Incomplete, Planned } from './model/run.js';
export type { Known, KnownValues, ProbeMaker, ServerSession, Session } from './model/session.js';
export {
  type Clock,
  type Keys,
  type RequestCounter,
  type Server,
  TARGETS,
  type Target,
  type TargetName,
} from './model/target.js';
export type { Judgement, State, Unable, Verdict } from './model/verdict.js';
export type { Accepted, Finding, Limit, Violation } from './model/violation.js';
export {
  type CheckableExchange,
  type ContractViolation,
  checkExchange,
} from './recorded/check-exchange.js';
export { type CheckableWebhook, checkWebhook } from './recorded/check-webhook.js';
export type { CheckExchangeOptions } from './recorded/given.js';
export {
  type ContractMatchers,
  contractMatchers,
  type MatcherResult,
  type MatchOptions,
} from './recorded/matcher.js';
export { type Verified, verifyHar } from './recorded/verify-har.js';
export {
  type Failure,
  type Report,
  type ReportFinding,
  type ReportRun,
  type ReportVerdict,
  reportOf,
} from './report/data.js';
export { reportSchema } from './report/schema.js';
export { type FindingKey, readSince, type Since } from './report/since.js';
export { rules } from './rules.js';
export { readAccepted } from './run/accepted-file.js';
export { check } from './run/check.js';
export type { CheckOptions } from './run/check-options.js';
export { conforms } from './run/result.js';
export { documentFaults } from './schema/document-faults.js';
export { contractOf, loadContract } from './schema/load-contract.js';
export { chooseTarget, type TargetOptions } from './targets/choose.js';
