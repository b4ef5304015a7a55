/** Processors this process may use, in Node. Apart from the pool, whose threads take longer to load than this question. */
import os from 'node:os';

export const processors = (): number => os.availableParallelism();
