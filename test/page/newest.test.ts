/** One question at a time, always the newest, whenever it comes. */
import { describe, expect, it } from 'vitest';
import { Newest } from '../../src/page/newest.js';

interface Question {
  readonly name: string;
}

function asking() {
  const asked: string[] = [];
  const failed: unknown[] = [];
  const pending: { readonly resolve: () => void; readonly reject: (cause: Error) => void }[] = [];
  const newest = new Newest<Question>(
    ({ name }) => {
      asked.push(name);
      return new Promise((resolve, reject) => pending.push({ resolve, reject }));
    },
    (cause) => failed.push(cause),
  );
  return { newest, asked, failed, pending };
}

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the newest question', () => {
  it('waits for the answer before it, and those in between are passed over', async () => {
    const { newest, asked, pending } = asking();
    for (const name of ['a', 'b', 'c']) newest.ask({ name });
    expect(asked).toEqual(['a']);
    pending[0]!.resolve();
    await rest();
    expect(asked).toEqual(['a', 'c']);
    pending[1]!.resolve();
    await rest();
    expect(asked).toEqual(['a', 'c']);
  });

  // an answer is followed by some microtasks: the last look, and no longer being busy, are each in one of them
  it.each(Array.from({ length: 12 }, (_, k) => k))(
    'is asked when it comes %d microtasks after an answer',
    async (after) => {
      const { newest, asked, pending } = asking();
      newest.ask({ name: 'a' });
      pending[0]!.resolve();
      for (let k = 0; k < after; k++) await undefined;
      newest.ask({ name: 'b' });
      await rest();
      expect(asked).toEqual(['a', 'b']);
    },
  );

  it('is asked after a failure, which is told', async () => {
    const { newest, asked, failed, pending } = asking();
    newest.ask({ name: 'a' });
    newest.ask({ name: 'b' });
    const cause = new Error('no');
    pending[0]!.reject(cause);
    await rest();
    expect(failed).toEqual([cause]);
    expect(asked).toEqual(['a', 'b']);
  });
});
