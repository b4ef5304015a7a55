/** Asks one question at a time, always the newest: those that came in between are passed over. */
export class Newest<Q extends object> {
  readonly #ask: (question: Q) => Promise<void>;
  readonly #onFailure: (cause: unknown) => void;
  #waiting: Q | null = null;
  #isBusy = false;

  constructor(ask: (question: Q) => Promise<void>, onFailure: (cause: unknown) => void) {
    this.#ask = ask;
    this.#onFailure = onFailure;
  }

  ask(question: Q): void {
    this.#waiting = question;
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting !== null) {
      const question = this.#waiting;
      this.#waiting = null;
      try {
        await this.#ask(question);
      } catch (cause) {
        this.#onFailure(cause);
      }
    }
    // in the very task that found nothing waiting: what came between the two would wait for ever
    this.#isBusy = false;
  }
}
