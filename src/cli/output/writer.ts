/** Writes answers: the items of a list as they come, or the only one. */
export interface Writer {
  item(value: unknown): Promise<void>;
  end(): Promise<void>;
  only(value: unknown): Promise<void>;
}
