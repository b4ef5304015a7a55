/**
 * A cost profile of a user's own, in YAML or JSON. Everything wrong with the text is found before anything is
 * thrown, each with its line and column.
 */
import { findingsError, readDocument } from '../netfile/document.js';
import { Findings, type Path } from '../netfile/findings.js';
import { kindOf } from '../netfile/shape.js';
import type { BarrierStep, CostProfile, Figure, Included, LatencyName, Price } from './cost-profile.js';
import {
  type CostProfileDocument,
  costProfileShape,
  type PriceDocument,
  type QuantityDocument,
  UNPRICED,
} from './cost-profile-shape.js';
import { costProfileToText } from './cost-profile-text.js';
import { COST_PROFILES } from './cost-profiles.js';
import { EVENTS, type EventName } from './events.js';
import { isFigure } from './figure.js';
import { inUnit, quantityParts } from './quantity.js';

const EVENT_NAMES: readonly EventName[] = EVENTS.map(({ name }) => name);
const LATENCY_NAMES: readonly LatencyName[] = [...EVENT_NAMES, 'link'];

/**
 * Reads a cost profile; `name` is the file's, for messages. Nothing else is read.
 * @throws {ViolationsError} `E_INPUT` with everything that is wrong, each as `name:line:column`.
 */
export function costProfileFromText(text: string, name: string): CostProfile {
  const document = readDocument(text, name);
  const findings = new Findings();
  costProfileShape.check(document.value, [], findings);
  if (kindOf(document.value) !== 'object') throw findingsError(findings, document, name);
  const profile = new ProfileReader(document.value as CostProfileDocument, findings).profile();
  if (findings.list.length > 0) throw findingsError(findings, document, name);
  return profile;
}

/** Puts a document over the profile it extends, and looks for what a shape cannot know. */
class ProfileReader {
  readonly #document: CostProfileDocument;
  readonly #findings: Findings;
  readonly #base: CostProfile | undefined;

  constructor(document: CostProfileDocument, findings: Findings) {
    this.#document = document;
    this.#findings = findings;
    this.#base = COST_PROFILES.find((profile) => profile.name === document.extends);
  }

  /** Of use only if nothing was found wrong. */
  profile(): CostProfile {
    const document = this.#document;
    const base = this.#base;
    if (base === undefined && this.#findings.isClean(['extends'])) this.#wantWhole();
    const profile: CostProfile = {
      kind: 'seamount-cost-profile',
      version: 1,
      name: document.name,
      title: document.title ?? document.name,
      basis: document.basis ?? base?.basis ?? 'assumed',
      source: document.source ?? base?.source ?? '',
      notice: document.notice ?? base?.notice ?? '',
      indivisible: document.indivisible === undefined ? (base?.indivisible ?? null) : document.indivisible,
      noEnergy: document.noEnergy === undefined ? (base?.noEnergy ?? null) : document.noEnergy,
      energy: this.#prices('energy', EVENT_NAMES, 'pJ'),
      latency: this.#prices('latency', LATENCY_NAMES, 'ns'),
      barrier: this.#barrier(),
      linkBuffer: this.#single('linkBuffer', 'messages'),
      staticPower: this.#single('staticPower', 'mW'),
      vendorRatios: document.vendorRatios ?? base?.vendorRatios ?? [],
    };
    if (profile.noEnergy !== null && Object.keys(profile.energy).length > 0)
      this.#findings.add(
        document.energy === undefined ? ['noEnergy'] : ['energy'],
        'energies are given, and noEnergy says that no joules may be printed',
        'take one of them away; noEnergy: null undoes what extends brought',
        'key',
      );
    if (this.#findings.list.length === 0) this.#refuseBorrowedName(profile);
    return profile;
  }

  #wantWhole(): void {
    for (const key of ['basis', 'source', 'notice'] as const)
      if (this.#document[key] === undefined)
        this.#findings.add(
          [],
          `${key} is missing`,
          'a profile says where its figures are from, how they were come by, and what they leave out',
          'key',
        );
  }

  /** Results are known by the profile's name, so other figures need another name. */
  #refuseBorrowedName(profile: CostProfile): void {
    const shipped = COST_PROFILES.find(({ name }) => name === profile.name);
    if (shipped !== undefined && costProfileToText(shipped) !== costProfileToText(profile))
      this.#findings.add(
        ['name'],
        `${profile.name} is a shipped profile, and this file says something else`,
        'give it a name of its own',
      );
  }

  #prices<Name extends LatencyName>(
    section: 'energy' | 'latency',
    names: readonly Name[],
    unit: 'pJ' | 'ns',
  ): Partial<Record<Name, Price>> {
    const given = (
      this.#findings.isClean([section]) || kindOf(this.#document[section]) === 'object'
        ? (this.#document[section] ?? {})
        : {}
    ) as Partial<Record<Name, PriceDocument>>;
    const inherited: Partial<Record<LatencyName, Price>> = this.#base?.[section] ?? {};
    const prices: Partial<Record<Name, Price>> = {};
    for (const name of names) {
      const price = given[name];
      const path = [section, name];
      if (price === undefined) {
        if (inherited[name] !== undefined) prices[name] = inherited[name];
      } else if (this.#findings.isClean(path) && price !== UNPRICED) {
        prices[name] = isIncluded(price) ? price : this.#figure(price, unit, path);
      }
    }
    if (this.#findings.isClean([section])) this.#checkIncluded(section, prices, given);
    return prices;
  }

  #checkIncluded(
    section: 'energy' | 'latency',
    prices: Readonly<Partial<Record<LatencyName, Price>>>,
    given: object,
  ): void {
    for (const [name, price] of Object.entries(prices)) {
      if (isFigure(price)) continue;
      const target = prices[price.includedIn];
      if (target !== undefined && isFigure(target)) continue;
      const own = Object.hasOwn(given, name);
      this.#findings.add(
        own ? [section, name] : [section],
        `${name} is included in ${price.includedIn}, which has no figure`,
        own ? '' : `${this.#base?.name} says so; give ${name} a price, or make it unpriced, too`,
      );
    }
  }

  #figure(document: QuantityDocument, unit: Figure['unit'], path: Path): Figure {
    const own = typeof document === 'string' ? quantityParts(document) : document;
    const { basis, source, note }: { basis?: Figure['basis']; source?: string; note?: string } =
      typeof document === 'string' ? {} : document;
    const from = {
      basis: basis ?? this.#document.basis,
      source: source ?? this.#document.source,
    };
    // A file that extends nothing was told once that it has none.
    if (this.#base !== undefined)
      for (const key of ['basis', 'source'] as const)
        if (from[key] === undefined)
          this.#findings.add(
            path,
            `${key} is missing: this figure is not ${this.#base.name}'s`,
            `give ${key} with the figure, or once for the file`,
          );
    return {
      value: inUnit(own.value, own.unit, unit),
      unit,
      basis: from.basis ?? 'assumed',
      source: from.source ?? '',
      ...(note === undefined ? {} : { note }),
    };
  }

  #single(key: 'linkBuffer' | 'staticPower', unit: Figure['unit']): Figure | null {
    const given = this.#document[key];
    if (given === undefined) return this.#base?.[key] ?? null;
    return given === null || !this.#findings.isClean([key]) ? null : this.#figure(given, unit, [key]);
  }

  #barrier(): readonly BarrierStep[] {
    const { barrier } = this.#document;
    if (barrier === undefined) return this.#base?.barrier ?? [];
    if (!this.#findings.isClean(['barrier'])) return [];
    return barrier.map(({ tiles, time }, i) => {
      const before = barrier[i - 1]?.tiles ?? 0;
      if (tiles <= before)
        this.#findings.add(
          ['barrier', i, 'tiles'],
          `expected more than the ${before} before it, got ${tiles}`,
        );
      return { tiles, time: this.#figure(time, 'ns', ['barrier', i, 'time']) };
    });
  }
}

const isIncluded = (price: PriceDocument): price is Included =>
  typeof price === 'object' && 'includedIn' in price;
