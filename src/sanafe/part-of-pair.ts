/** Which of the two files that make a run of that format a text means to be, by its first words. */

/** Whether a text means to be an architecture. */
export const isSanafeArchitecture = (text: string): boolean => /^architecture[ \t]*:/m.test(text);

/** Whether a text means to be a netlist. */
export const isSanafeNetlist = (text: string): boolean =>
  /^(?:[ \t\r]*(?:#[^\n]*)?\n)*[ \t]*g[ \t]+\d+(?:\s|$)/.test(text);

/** Null where it is neither: a network in YAML has both its parts. */
export function partOfSanafe(text: string): 'architecture' | 'network' | null {
  if (isSanafeArchitecture(text)) return 'architecture';
  const isYaml = /^network[ \t]*:/m.test(text) && /^mappings[ \t]*:/m.test(text);
  return isYaml || isSanafeNetlist(text) ? 'network' : null;
}
