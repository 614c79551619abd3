/** What is loaded when it is first asked for, and from then on is there without a wait; a failed load is tried again. */
export function lazy<T extends object>(load: () => Promise<T>): () => T | Promise<T> {
  let value: T | undefined;
  let loading: Promise<T> | undefined;
  return () => {
    if (value) return value;
    loading ??= load().then(
      (loaded) => {
        value = loaded;
        return loaded;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
}
