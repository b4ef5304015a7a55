/** Properties try the same cases in every run: what passed once passes again. `CASES=random npm test` tries others. */
import fc from 'fast-check';

if (process.env.CASES !== 'random') fc.configureGlobal({ seed: 20_261_126 });
