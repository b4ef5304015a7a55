/** Digits to look at: the first with its votes, as soon as it is answered; then some right ones and some wrong ones. */
import { painter, type Terminal } from '../../src/cli/terminal.js';
import type { Answer } from './classify.js';
import type { Digits } from './data.js';
import { beside, DRAWN, drawDigit, drawVotes } from './draw.js';

const GAP = 4;
const VOTE_BAR = 30;
const IN_A_ROW = 3;

export interface Shown {
  readonly digit: number;
  readonly answer: number;
}

/** One digit, and how the compartments voted. */
export function drawAnswer({ digit, answer, votes }: Answer, digits: Digits, terminal: Terminal): string {
  const paint = painter(terminal.colours.out);
  const label = digits.labels[digit]!;
  const title = `a ${label}, read as ${paint(answer === label ? ['green', 'bold'] : ['red', 'bold'], String(answer))}; spikes for each answer:`;
  const bars = drawVotes(votes, VOTE_BAR).map((line, k) =>
    k === answer ? paint('bold', line) : paint('dim', line),
  );
  return beside([drawDigit(digits.pixels, digit, terminal.colours.out), [title, ...bars]], GAP).join('\n');
}

/** At most IN_A_ROW digits beside each other under what they are and were taken for. */
export function drawRow(shown: readonly Shown[], digits: Digits, terminal: Terminal): string {
  const paint = painter(terminal.colours.out);
  const blocks = shown.slice(0, IN_A_ROW).map(({ digit, answer }) => {
    const label = digits.labels[digit]!;
    const title = `a ${label}, read as ${answer}`;
    const painted = paint(answer === label ? 'green' : 'red', title);
    return [
      painted + ' '.repeat(DRAWN - title.length),
      ...drawDigit(digits.pixels, digit, terminal.colours.out),
    ];
  });
  return beside(blocks, GAP).join('\n');
}
