/** What model `detailed` made of each message of its last step. Times are ps since the step began. */
export class DetailedTrace {
  /** By message, as in `StepMessages`; longer than filled. */
  send = new Float64Array(0);
  received = new Float64Array(0);
  processed = new Float64Array(0);
  network = new Float64Array(0);
  blocking = new Float64Array(0);
  minHop = new Float64Array(0);
  /** Messages on the route when it was sent. */
  along = new Float64Array(0);
  /** By core: when it ended what it did after its last message; NaN where it did nothing. */
  readonly rest: Float64Array;

  constructor(cores: number) {
    this.rest = new Float64Array(cores);
  }

  /** Makes room for the messages of a step. */
  clear(count: number): void {
    this.rest.fill(Number.NaN);
    if (this.send.length >= count) return;
    const length = 2 * count;
    this.send = new Float64Array(length);
    this.received = new Float64Array(length);
    this.processed = new Float64Array(length);
    this.network = new Float64Array(length);
    this.blocking = new Float64Array(length);
    this.minHop = new Float64Array(length);
    this.along = new Float64Array(length);
  }
}
