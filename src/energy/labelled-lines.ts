/** Paragraphs beside a label, broken at words. */

const LABEL = 12;

/** `text` in lines of at most `width` columns (at least 40), the first after `label`, the others indented alike. */
export function labelled(label: string, text: string, width: number): string {
  const room = Math.max(40, width) - LABEL;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((part, i) => (i === 0 ? label : '').padEnd(LABEL) + part).join('\n');
}
