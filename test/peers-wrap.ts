/** Imported by tests that replay peers whose sums wrap; overflow-is-an-error.ts makes that an error everywhere else. */
import { type OverflowBehaviour, PROFILES } from '../cores/index.js';

for (const { rules } of PROFILES) (rules as { onOverflow: OverflowBehaviour }).onOverflow = 'wrap';
