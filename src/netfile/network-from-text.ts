/**
 * A network file as a `Network`. Everything wrong with the text is found before anything is thrown: syntax,
 * or else every key, value, name and size, each with its line and column.
 */
import { SeamountError } from '../../cores/index.js';
import { Network } from '../api/network.js';
import type { Population } from '../api/population.js';
import { findingsError, readDocument, subjectAt } from './document.js';
import { ExplicitNetwork, INPUTS_LABEL, NEURONS_LABEL } from './explicit-network.js';
import { Findings, type Path } from './findings.js';
import {
  type NetworkDocument,
  networkShape,
  type PopulationDocument,
  type ProbeDocument,
  type ProjectionDocument,
} from './network-shape.js';
import { cellOf, checkLengths, connectorOf, synapseOf } from './parts.js';
import { type Labels, resolveReference } from './reference.js';

export interface NetworkFile {
  readonly network: Network;
  /** As the file says; undefined = the default. */
  readonly profile: string | undefined;
  readonly steps: number | undefined;
  /** Names of explicit neurons (their number where they have none), by population. Empty for other networks. */
  readonly neuronNames: ReadonlyMap<string, readonly string[]>;
  /**
   * `file:line:column` of what a compiler error calls `population exc`, `projection a -> b`, `probe of exc` or
   * `network x`; several with `or` where parts share a label.
   */
  locate(subject: string): string | undefined;
}

export interface NetworkFileOptions {
  /** Instead of the file's own. */
  readonly seed?: number;
}

/**
 * Reads a network; `name` is the file's, for messages. Nothing else is read: no file, no clock.
 * @throws {ViolationsError} `E_INPUT` with everything that is wrong, each as `name:line:column`.
 */
export function networkFromText(text: string, name: string, options: NetworkFileOptions = {}): NetworkFile {
  const document = readDocument(text, name);
  const findings = new Findings();
  networkShape.check(document.value, [], findings);
  if (findings.list.length > 0 && !isMap(document.value)) throw findingsError(findings, document, name);
  const builder = new NetworkBuilder(document.value as NetworkDocument, findings, options);
  if (findings.list.length > 0) throw findingsError(findings, document, name);
  const { profile, run } = document.value as NetworkDocument;
  return {
    network: builder.network,
    profile,
    steps: run?.steps,
    neuronNames: builder.neuronNames,
    locate(subject) {
      const paths = builder.parts.get(subject);
      return paths?.map((path) => subjectAt(name, document.locate(path, 'key'))).join(' or ');
    },
  };
}

const isMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Makes what is clean, and looks for what a shape cannot know: names, sizes, ranges. */
class NetworkBuilder {
  readonly network: Network;
  /** Where each part that later errors may name is in the file. */
  readonly parts = new Map<string, Path[]>();
  neuronNames: ReadonlyMap<string, readonly string[]> = new Map();
  readonly #findings: Findings;
  readonly #made = new Map<string, Population>();
  readonly #known = new Set<string>();
  #labels: Labels = { known: this.#known, made: this.#made, neurons: new Map() };

  constructor(document: NetworkDocument, findings: Findings, { seed }: NetworkFileOptions) {
    this.#findings = findings;
    const clean = <T>(key: 'label' | 'dt' | 'seed', value: T | undefined): T | undefined =>
      findings.isClean([key]) ? value : undefined;
    const label = clean('label', document.label);
    const dt = clean('dt', document.dt);
    const ownSeed = seed ?? clean('seed', document.seed);
    this.network = new Network({
      ...(label === undefined ? {} : { label }),
      ...(dt === undefined ? {} : { dt }),
      ...(ownSeed === undefined ? {} : { seed: ownSeed }),
    });
    this.#remember(`network ${this.network.label}`, []);
    this.#populations(document.populations);
    const explicit = this.#explicit(document);
    if (this.#known.size === 0 && findings.list.length === 0)
      findings.add([], 'a network needs populations or neurons', '', 'key');
    const { projections, probes } = document;
    if (Array.isArray(projections))
      for (const [i, p] of projections.entries()) this.#projection(p, ['projections', i]);
    if (explicit !== undefined && Array.isArray(document.synapses)) explicit.connect(document.synapses);
    if (Array.isArray(probes)) for (const [i, p] of probes.entries()) this.#probe(p, ['probes', i]);
  }

  #remember(subject: string, path: Path): void {
    const paths = this.parts.get(subject);
    if (paths === undefined) this.parts.set(subject, [path]);
    else paths.push(path);
  }

  #populations(populations: NetworkDocument['populations']): void {
    if (Array.isArray(populations)) {
      populations.forEach((p, i) => {
        const label: unknown = p?.label;
        if (typeof label === 'string')
          this.#population(label, p, ['populations', i], ['populations', i, 'label']);
      });
    } else if (isMap(populations)) {
      for (const [label, p] of Object.entries(populations ?? {}))
        this.#population(label, p, ['populations', label], ['populations', label]);
    }
  }

  #population(label: string, document: PopulationDocument, path: Path, labelPath: Path): void {
    if (this.#known.has(label))
      this.#findings.add(labelPath, `a population ${JSON.stringify(label)} is there already`);
    this.#known.add(label);
    this.#remember(`population ${label}`, path);
    if (!this.#findings.isClean(path)) return;
    const { size, cell, placement } = document;
    this.#attempt(path, () => {
      checkLengths(cell, size, [...path, 'cell'], this.#findings);
      const population = this.network.population(size, cellOf(cell), label);
      if (placement !== undefined) population.place(placement);
      placement?.forEach(({ core }, i) => {
        if (typeof core === 'number') this.#remember(`core ${core}`, [...path, 'placement', i]);
      });
      this.#made.set(label, population);
    });
  }

  #explicit(document: NetworkDocument): ExplicitNetwork | undefined {
    if (document.neurons === undefined && document.synapses === undefined) return undefined;
    if (document.neurons === undefined) {
      this.#findings.add(
        ['synapses'],
        'synapses join explicit neurons, and there are none',
        'use projections, or add neurons',
        'key',
      );
      return undefined;
    }
    for (const label of [NEURONS_LABEL, INPUTS_LABEL]) {
      if (this.#known.has(label))
        this.#findings.add(
          ['neurons'],
          `${label} is a population of the explicit network, and the file has another`,
          'rename the other',
          'key',
        );
      this.#remember(`population ${label}`, ['neurons']);
    }
    this.#remember('projection synapses', ['synapses']);
    if (!this.#findings.isClean(['neurons'])) return undefined;
    const explicit = new ExplicitNetwork(this.network, document, this.#findings);
    for (const [label, population] of explicit.populations) {
      this.#known.add(label);
      this.#made.set(label, population);
    }
    this.neuronNames = explicit.names;
    this.#labels = { ...this.#labels, neurons: explicit.namedNeurons() };
    return explicit;
  }

  #projection(projection: ProjectionDocument, path: Path): void {
    const resolve = (side: 'pre' | 'post') => {
      const reference: unknown = projection?.[side];
      if (typeof reference !== 'string' || !this.#findings.isClean([...path, side])) return undefined;
      return resolveReference(reference, this.#labels, [...path, side], this.#findings);
    };
    const [pre, post] = [resolve('pre'), resolve('post')];
    if (pre === undefined || post === undefined || !this.#findings.isClean(path)) return;
    this.#attempt(path, () => {
      const { connector, synapse, label } = projection;
      const made = this.network.projection(
        pre,
        post,
        this.#attemptAt([...path, 'connector'], () => connectorOf(connector)),
        synapseOf(synapse),
        label === undefined ? {} : { label },
      );
      this.#remember(`projection ${made.label}`, path);
    });
  }

  #probe(probe: ProbeDocument, path: Path): void {
    if (!this.#findings.isClean(path)) return;
    const { population, record, ...options } = probe;
    const target = resolveReference(population, this.#labels, [...path, 'population'], this.#findings);
    if (target === undefined) return;
    options.neurons?.forEach((neuron, i) => {
      if (neuron >= target.size)
        this.#findings.add(
          [...path, 'neurons', i],
          `no neuron ${neuron}: ${population} has ${target.size}, from 0`,
        );
    });
    if (options.to !== undefined && options.to !== 0 && options.to < (options.from ?? 1))
      this.#findings.add([...path, 'to'], `to ${options.to} is before from ${options.from ?? 1}`);
    if (!this.#findings.isClean(path)) return;
    this.#attempt(path, () => {
      const made = this.network.probe(target, record ?? ['spikes'], options);
      this.#remember(`probe of ${made.population.label}`, path);
    });
  }

  /** What the API itself refuses is a finding at `path`. */
  #attempt(path: Path, make: () => void): void {
    try {
      make();
    } catch (cause) {
      if (cause instanceof Located) this.#findings.add(cause.path, cause.error.message, cause.error.hint);
      else if (cause instanceof SeamountError) this.#findings.add(path, cause.message, cause.hint);
      else throw cause;
    }
  }

  #attemptAt<T>(path: Path, make: () => T): T {
    try {
      return make();
    } catch (cause) {
      throw cause instanceof SeamountError ? new Located(path, cause) : cause;
    }
  }
}

/** An error on its way to the findings, with a nearer place. */
class Located extends Error {
  readonly path: Path;
  readonly error: SeamountError;
  constructor(path: Path, error: SeamountError) {
    super(error.message, { cause: error });
    this.path = path;
    this.error = error;
  }
}
