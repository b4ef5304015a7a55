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
