/** Wakes all that wait for something to have changed. */
export class Bell {
  #ring: () => void = () => {};
  #next: Promise<void> | undefined;

  wait(): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      this.#ring = resolve;
    });
    return this.#next;
  }

  ring(): void {
    this.#ring();
    this.#next = undefined;
  }
}
