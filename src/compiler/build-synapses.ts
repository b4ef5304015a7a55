/**
 * Writes the synaptic memory of all cores. Runs come in the order of their sources, cores want theirs
 * together: so runs are first sorted by core, some cores at a time, and then written core by core. (With
 * thousands of cores, writing to all of them in turn costs several times as much in cache misses.)
 */
import { CoreBuilder } from './core-builder.js';
import { eachRun, leavingOf, type Routes } from './route.js';
import type { StrandIndex } from './strand-index.js';

/** Strand number, slice, first and last position of a run; the strand number carries OPENS where a new in-axon begins. */
const RUN_WORDS = 4;
const OPENS = 2 ** 31;
/** Runs sorted at a time: 256 MiB. */
const RUNS_MAX = 2 ** 24;

export function buildSynapses(index: StrandIndex, routes: Routes): CoreBuilder[] {
  const { tallies } = routes;
  const builders: CoreBuilder[] = [];
  while (builders.length < tallies.length) {
    const first = builders.length;
    let end = first;
    let runs = 0;
    do runs += tallies[end++]!.segments;
    while (end < tallies.length && runs + tallies[end]!.segments <= RUNS_MAX);
    const sorted = runsByCore(index, routes, first, end, runs);
    let at = 0;
    for (const tally of tallies.slice(first, end)) {
      builders.push(build(index, routes, tally, sorted.subarray(at, at + tally.segments * RUN_WORDS)));
      at += tally.segments * RUN_WORDS;
    }
  }
  return builders;
}

function build(
  { strands }: StrandIndex,
  { sites }: Routes,
  tally: Routes['tallies'][number],
  runs: Uint32Array,
): CoreBuilder {
  const builder = new CoreBuilder(tally, strands);
  for (let r = 0; r < runs.length; r += RUN_WORDS) {
    const head = runs[r]!;
    if (head >= OPENS) builder.openAxon();
    builder.addSegment(head % OPENS, runs[r + 2]!, runs[r + 3]!, sites.shift[runs[r + 1]!]!);
  }
  return builder;
}

/** The runs of cores `first` .. `end - 1`, core by core, each in the order of network ids. */
function runsByCore(
  index: StrandIndex,
  { sites, tallies }: Routes,
  first: number,
  end: number,
  total: number,
): Uint32Array {
  const sorted = new Uint32Array(total * RUN_WORDS);
  const next = new Float64Array(end - first);
  for (let core = 1; core < next.length; core++)
    next[core] = next[core - 1]! + tallies[first + core - 1]!.segments * RUN_WORDS;
  const mark = new Int32Array(end - first).fill(-1);
  for (let population = 0; population < index.leaving.length; population++) {
    const firstId = index.firstId[population]!;
    const leaving = leavingOf(index, sites, population);
    for (let id = firstId; id < index.firstId[population + 1]!; id++) {
      eachRun(leaving, id - firstId, (number, slice, from, to) => {
        const core = sites.core[slice]! - first;
        if (core < 0 || core >= mark.length) return;
        const at = next[core]!;
        next[core] = at + RUN_WORDS;
        sorted[at] = mark[core] === id ? number : number + OPENS;
        mark[core] = id;
        sorted[at + 1] = slice;
        sorted[at + 2] = from;
        sorted[at + 3] = to;
      });
    }
  }
  return sorted;
}
