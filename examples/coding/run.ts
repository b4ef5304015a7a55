/**
 * A sine and a step in five spike codes, through neurons of the chip: what each code spends, and what comes back.
 *
 *   node --import tsx examples/coding/run.ts
 */
import { CODINGS, send } from './codes.js';
import { COURSES } from './signals.js';

const BARS = '▁▂▃▄▅▆▇█';

/** Values 0..1 as a row of bars, of every so-manyeth value. */
function bars(values: Float64Array, columns: number): string {
  const every = values.length / columns;
  return Array.from({ length: columns }, (_, k) => {
    const value = values[Math.floor(k * every)] ?? 0;
    return BARS[Math.max(0, Math.min(7, Math.floor(value * 8)))];
  }).join('');
}

for (const course of COURSES) {
  console.log(`${course.name.padEnd(14)}neurons  spikes  rms error  largest`);
  let original = '';
  const rows: string[] = [];
  for (const coding of CODINGS) {
    const { name, neurons, spikes, error, ...signals } = await send(coding, course);
    original = bars(signals.original, 64);
    rows.push(`  ${name.padEnd(13)}${bars(signals.decoded, 64)}`);
    console.log(
      `  ${name.padEnd(12)}${String(neurons).padStart(7)}${String(spikes).padStart(8)}` +
        `${error.rms.toFixed(4).padStart(11)}${error.max.toFixed(4).padStart(9)}`,
    );
  }
  console.log(`\n  ${''.padEnd(13)}${original}\n${rows.join('\n')}\n`);
}
