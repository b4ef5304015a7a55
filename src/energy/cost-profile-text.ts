/** A cost profile as YAML that reads back to the same profile: to be copied and changed. */
import { Document, isMap, isPair, isScalar, type Pair } from 'yaml';
import type { CostProfile, Figure, LatencyName, Price } from './cost-profile.js';
import { EVENTS } from './events.js';
import { isFigure } from './figure.js';

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ...EVENTS.map(({ name, meaning }) => [name, meaning] as const),
  ['link', 'the time a link is busy with one message'],
]);

const ORDER: readonly LatencyName[] = [...EVENTS.map(({ name }) => name), 'link'];

/** YAML 1.2 with the meaning of every event as a comment; `costProfileFromText` reads it. */
export function costProfileToText(profile: CostProfile): string {
  const figure = ({ value, unit, basis, source, note }: Figure): unknown => {
    const own = {
      ...(basis === profile.basis ? {} : { basis }),
      ...(source === profile.source ? {} : { source }),
      ...(note === undefined ? {} : { note }),
    };
    return Object.keys(own).length === 0 ? `${value} ${unit}` : { value, unit, ...own };
  };
  const price = (of: Price): unknown =>
    isFigure(of)
      ? figure(of)
      : { includedIn: of.includedIn, ...(of.note === undefined ? {} : { note: of.note }) };
  const prices = (of: Readonly<Partial<Record<LatencyName, Price>>>): Record<string, unknown> =>
    Object.fromEntries(
      ORDER.flatMap((name) => (of[name] === undefined ? [] : [[name, price(of[name])] as const])),
    );
  const { kind, version, name, title, basis, source, notice, indivisible, noEnergy } = profile;
  const { barrier, linkBuffer, staticPower, vendorRatios } = profile;
  const document = new Document({
    kind,
    version,
    name,
    title,
    basis,
    source,
    notice,
    ...(indivisible === null ? {} : { indivisible }),
    ...(noEnergy === null ? {} : { noEnergy }),
    energy: prices(profile.energy),
    latency: prices(profile.latency),
    barrier: barrier.map(({ tiles, time }) => ({ tiles, time: figure(time) })),
    ...(linkBuffer === null ? {} : { linkBuffer: figure(linkBuffer) }),
    ...(staticPower === null ? {} : { staticPower: figure(staticPower) }),
    vendorRatios: vendorRatios.map(({ what, ratio, source: by }) => ({ what, ratio, source: by })),
  });
  for (const section of ['energy', 'latency']) explain(document.get(section));
  return document.toString({ lineWidth: 110 });
}

function explain(section: unknown): void {
  if (!isMap(section)) return;
  for (const pair of section.items) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const meaning = MEANINGS.get(String(pair.key.value));
    if (meaning === undefined) continue;
    const { value } = pair as Pair;
    if (isScalar(value)) value.comment = ` ${meaning}`;
    else pair.key.commentBefore = ` ${meaning}`;
  }
}
