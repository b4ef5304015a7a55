/** Random changes to good networks. */
import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const isContainer = (value: Json): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null;

/** Every place in a value, as its container and key. */
function places(
  value: Json,
): { readonly parent: Json[] | { [key: string]: Json }; readonly key: string | number }[] {
  if (!isContainer(value)) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [
    { parent: value, key },
    ...places((value as Record<string | number, Json>)[key]!),
  ]);
}

const strange = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    -1,
    0,
    1,
    2,
    64,
    1.5,
    1e10,
    2 ** 53,
    '',
    'exc',
    'loihi',
    'allToAll',
    'spikes',
    [],
    {},
    [1],
    [[1]],
    [1, 2, 3, 4, 5],
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** A change somewhere in a value: another value, one more, one less, another key. */
export const edit = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'add', 'rename'),
  key: fc.constantFrom(
    'size',
    'type',
    'vth',
    'vthMant',
    'bias',
    'weight',
    'rate',
    'probability',
    'steps',
    'spikes',
    'extra',
  ),
  value: strange,
});

/** A copy of a good network with changes. */
export function edited(
  good: unknown,
  edits: readonly { at: number; how: string; key: string; value: Json }[],
): Json {
  const copy = structuredClone(good) as Json;
  for (const { at, how, key, value: shared } of edits) {
    const value = structuredClone(shared);
    const all = places(copy);
    if (all.length === 0) break;
    const place = all[at % all.length]!;
    const parent = place.parent as Record<string | number, Json>;
    if (how === 'replace') parent[place.key] = value;
    else if (how === 'remove') {
      if (Array.isArray(place.parent)) place.parent.splice(place.key as number, 1);
      else delete parent[place.key];
    } else if (how === 'rename' && !Array.isArray(place.parent)) {
      parent[key] = parent[place.key]!;
      if (key !== place.key) delete parent[place.key];
    } else if (Array.isArray(place.parent)) place.parent.push(value);
    else parent[key] = value;
  }
  return copy;
}
