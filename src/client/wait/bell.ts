/** Wakes everyone who waits for something to change. */
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
