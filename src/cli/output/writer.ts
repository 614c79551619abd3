/** Writes what the API answers: the items of a list one by one, and then `end`, or a single value with `only`. */
export interface Writer {
  item(value: unknown): Promise<void>;
  end(): Promise<void>;
  only(value: unknown): Promise<void>;
}
