/** What a user should know beside the result, on stderr. */
import { painter, type Terminal } from './terminal.js';

/** Says each notice once, unless `quiet`. */
export function sayNotices(
  notices: readonly string[],
  terminal: Terminal,
  { quiet }: { readonly quiet?: boolean },
): void {
  if (quiet) return;
  const paint = painter(terminal.colours.err);
  for (const notice of new Set(notices.filter((n) => n !== '')))
    terminal.err(`${paint('yellow', 'note')}: ${notice}\n`);
}
