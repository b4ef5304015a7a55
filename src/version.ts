/** Version of this package, as in package.json (test/cli/version.test.ts); every artefact names it. */
export const VERSION = '0.1.0';
