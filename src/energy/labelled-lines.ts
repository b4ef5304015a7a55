/** Paragraphs beside a label, broken at words. */

const LABEL = 12;

/** `text` in lines of at most `room` columns, but for words that are longer. */
export function brokenAtWords(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** `text` in lines of at most `width` columns (at least 40), the first after `label`, the others indented alike. */
export const labelled = (label: string, text: string, width: number): string =>
  brokenAtWords(text, Math.max(40, width) - LABEL)
    .map((part, i) => (i === 0 ? label : '').padEnd(LABEL) + part)
    .join('\n');

/** A user's text with a full stop, so that another sentence may follow. */
export const sentence = (text: string): string => text.trim().replace(/[^.!?]$/, '$&.');

/** Lines longer than `width` broken at words; what follows is indented by two more than the line was. */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const indent = /^ */.exec(line)![0];
      // tables align their columns with more than one space: they stay as they are
      if (line.length <= width || / {2,}\S/.test(line.slice(indent.length))) return [line];
      const lines: string[] = [];
      let current = indent;
      for (const word of line.trim().split(' ')) {
        const first = current.trim() === '';
        if (!first && current.length + 1 + word.length > width) {
          lines.push(current);
          current = `${indent}  ${word}`;
        } else current += first ? word : ` ${word}`;
      }
      return [...lines, current];
    })
    .join('\n');
}
