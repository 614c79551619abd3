/** Problem details (RFC 9457) with this API's extensions. */
export interface Problem {
  /** URI of the kind of problem; absent where the status says enough. */
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  /** As the body says it; `ApiError.status` is the one that counts. */
  readonly status?: number;
  readonly instance?: string;
  /** Messages for each field that was refused. */
  readonly field_errors?: Readonly<Record<string, readonly string[]>>;
  readonly notification?: Readonly<Record<string, unknown>>;
  readonly [extension: string]: unknown;
}
