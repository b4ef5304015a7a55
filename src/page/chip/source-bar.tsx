/** What is on the chip, and what else could be: examples, files, a folder; and a place to drop them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { numberText } from '../../views/scale.js';
import type { GivenFile, Opened } from './calls.js';
import { chosenFiles, droppedFiles } from './dropped-files.js';
import { EXAMPLES } from './examples.js';

const KIND_TEXT: Readonly<Record<Opened['kind'], string>> = {
  network: 'network',
  image: 'chip image',
  run: 'run directory',
  checkpoint: 'from a checkpoint',
};

export interface SourceBarProps {
  readonly opened: Opened | null;
  /** Name of the example that is open; null for anything else. */
  readonly example: string | null;
  readonly isOpening: boolean;
  readonly onExample: (name: string) => void;
  readonly onFiles: (files: Promise<readonly GivenFile[]>) => void;
}

export function SourceBar({ opened, example, isOpening, onExample, onFiles }: SourceBarProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const isOver = useDrop(onFiles);
  const choose = (input: HTMLInputElement): void => {
    if (input.files !== null && input.files.length > 0) onFiles(chosenFiles(input.files));
    input.value = '';
  };
  return (
    <div class="chip-source">
      <div class="chip-name">
        <h1 class="visually-hidden">Chip</h1>
        <h2>{opened?.name ?? ' '}</h2>
        {opened !== null && <Facts opened={opened} />}
      </div>
      <div class="chip-open">
        <label class="visually-hidden" for="chip-example">
          Example
        </label>
        <select
          id="chip-example"
          value={example ?? ''}
          disabled={isOpening}
          onChange={(e) => onExample(e.currentTarget.value)}
        >
          {example === null && <option value="">Examples</option>}
          {EXAMPLES.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <button type="button" class="button" disabled={isOpening} onClick={() => files.current?.click()}>
          Open a file
        </button>
        <button type="button" class="button" disabled={isOpening} onClick={() => folder.current?.click()}>
          Open a run
        </button>
        <input
          ref={files}
          type="file"
          hidden
          aria-label="A network, a chip image or a checkpoint"
          onChange={(e) => choose(e.currentTarget)}
        />
        <input
          ref={(input) => {
            folder.current = input;
            input?.setAttribute('webkitdirectory', '');
          }}
          type="file"
          hidden
          aria-label="The folder of a run"
          onChange={(e) => choose(e.currentTarget)}
        />
      </div>
      {isOver && (
        <div class="chip-drop" aria-hidden="true">
          <p>
            Drop a network (YAML or JSON), a chip image (.smt), a checkpoint (.smc) or the folder of a run
          </p>
        </div>
      )}
    </div>
  );
}

function Facts({ opened }: { readonly opened: Opened }) {
  const { report, kind, imageHash, run, threads } = opened;
  const { totals, cores, chips, profile } = report;
  const count = (n: number, noun: string): string => `${numberText(n)} ${noun}${n === 1 ? '' : 's'}`;
  return (
    <>
      <p class="quiet">
        {KIND_TEXT[kind]} · {count(totals.neurons, 'neuron')} · {count(totals.sources, 'source')} ·{' '}
        {count(totals.synapses, 'synapse')} · {count(cores.length, 'core')}
        {chips > 1 ? ` on ${count(chips, 'chip')}` : ''}, run by {count(threads, 'thread')} · {profile.title}{' '}
        ·{' '}
        <span class="mono" title="Hash of the chip image">
          {imageHash.slice(0, 12)}
        </span>
        {run === null ? '' : ` · recorded steps ${numberText(run.from)} to ${numberText(run.to)}`}
      </p>
      {opened.notices.map((notice) => (
        <p key={notice} class="quiet small">
          Note: {notice}
        </p>
      ))}
    </>
  );
}

/** Whether something is being dragged over the page, which takes it anywhere. */
function useDrop(onFiles: SourceBarProps['onFiles']): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const ends = new AbortController();
    const { signal } = ends;
    // enter and leave are told of every element in between
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const on = (
      name: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      act: (event: DragEvent) => void,
    ): void => addEventListener(name, (event) => hasFiles(event) && act(event), { signal });
    on('dragenter', () => setOver(++depth > 0));
    on('dragleave', () => setOver(--depth > 0));
    on('dragover', (event) => event.preventDefault());
    on('drop', (event) => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      latest.current(droppedFiles(event.dataTransfer!));
    });
    return () => ends.abort();
  }, []);
  return isOver;
}
