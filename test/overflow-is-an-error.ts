/**
 * Loaded before every test file: a sum that leaves its register is an error in tests, so that no expectation
 * rests on a wrap nobody meant. Tests about overflow, and replays of peers that wrap, say what they want.
 */
import { type OverflowBehaviour, PROFILES } from '../cores/index.js';

for (const { rules } of PROFILES) (rules as { onOverflow: OverflowBehaviour }).onOverflow = 'error';
