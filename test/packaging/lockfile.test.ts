import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from './built.js';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

/** `npm ci` refuses a lock that lacks packages of other platforms, which a partial registry leaves out. */
it('the lock names the optional packages of every platform', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined &&
        packages[`${path}/node_modules/${name}`] === undefined,
    ),
  );
  expect(missing).toEqual([]);
});

it('the lock names versions, not hosts', () => {
  expect(Object.values(packages).flatMap(({ resolved }) => resolved ?? [])).toEqual([]);
  expect(
    Object.entries(packages).filter(([path, { version }]) => path !== '' && version === undefined),
  ).toEqual([]);
});
