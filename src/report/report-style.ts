/** The style sheet of a report: one column, system type, one accent; light and dark; prints. */
import { DARK, LIGHT, type Theme } from '../views/theme.js';

const variables = (theme: Theme): string =>
  [
    `--ground:${theme.ground}`,
    `--page:${theme.name === 'light' ? '#f6f7f9' : '#0c1014'}`,
    `--ink:${theme.ink}`,
    `--muted:${theme.muted}`,
    `--line:${theme.faint}`,
    `--accent:${theme.accent}`,
    `--alarm:${theme.alarm}`,
    `color-scheme:${theme.name}`,
  ].join(';');

export const REPORT_STYLE = `
:root{${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${variables(DARK)}}}
:root[data-theme=dark]{${variables(DARK)}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 ${LIGHT.font};font-variant-numeric:tabular-nums}
main{max-width:1080px;margin:0 auto;padding:40px 24px 80px}
header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-start;justify-content:space-between}
h1{font-size:30px;line-height:1.2;margin:0;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:20px;margin:56px 0 4px;letter-spacing:-.01em}
h3{font-size:15px;margin:0;font-weight:600}
p{margin:4px 0}
.sub,.lead,figcaption,.small{color:var(--muted)}
.lead{max-width:74ch;margin-bottom:14px}
.small,figcaption{font-size:13px}
.eyebrow{color:var(--accent);font-size:12px;font-weight:600;letter-spacing:.08em;text-transform:uppercase;margin:0 0 6px}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:1px;margin:28px 0 0;background:var(--ground);border:1px solid var(--line);border-radius:10px;overflow:hidden}
.facts div{box-shadow:0 0 0 1px var(--line);padding:14px 16px}
.facts dt{color:var(--muted);font-size:12.5px}
.facts dd{margin:2px 0 0;font-size:21px;font-weight:600;letter-spacing:-.01em;white-space:nowrap}
.facts dd small{font-size:12.5px;font-weight:400;color:var(--muted);display:block;letter-spacing:0;white-space:normal;line-height:1.4}
.notice{border-left:3px solid var(--accent);padding:6px 14px;margin:14px 0 0;background:var(--ground);border-radius:0 6px 6px 0;font-size:14px}
figure{margin:14px 0 0;background:var(--ground);border:1px solid var(--line);border-radius:10px;padding:14px 16px 12px}
.figure-head{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;margin-bottom:8px}
.figure-head h3{flex:1 1 auto}
figcaption{display:flex;flex-wrap:wrap;gap:0 16px;justify-content:space-between;margin-top:6px}
.plot{position:relative}
canvas{border-radius:2px}
figure+p,figure+.lead,.list+figure{margin-top:24px}
canvas:focus-visible,button:focus-visible,select:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
button,select{font:inherit;font-size:13px;color:var(--ink);background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:3px 10px;cursor:pointer;min-height:28px}
button:hover,select:hover{border-color:var(--accent)}
button.quiet{border-color:transparent;color:var(--muted);padding:3px 6px}
button.quiet:hover{color:var(--accent)}
.tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:10px 0 0}
.tools output{font-size:13px;color:var(--muted);min-height:1.5em;flex:1 1 200px;text-align:right}
.scroll{overflow-x:auto;margin:12px 0 0;border:1px solid var(--line);border-radius:10px;background:var(--ground)}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th,td{text-align:left;padding:6px 14px;border-top:1px solid var(--line);vertical-align:top}
thead th{border-top:0;color:var(--muted);font-weight:500;font-size:12.5px;white-space:nowrap}
td.n,th.n{text-align:right;white-space:nowrap}
tfoot td{font-weight:600}
.swatch{display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:8px}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
pre{background:var(--ground);border:1px solid var(--line);border-radius:10px;padding:12px 16px;overflow-x:auto;margin:12px 0 0}
dl.list{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:12px 0 0;font-size:14px}
dl.list dt{color:var(--muted)}
dl.list dd{margin:0;overflow-wrap:anywhere}
details{margin-top:14px}
summary{cursor:pointer;color:var(--accent);font-size:14px}
a{color:var(--accent)}
@media (max-width:600px){main{padding:24px 12px 56px}h1{font-size:24px}h2{margin-top:40px}figure{padding:10px 10px 8px}.facts dd{font-size:18px}.facts{grid-template-columns:repeat(2,1fr)}dl.list{grid-template-columns:1fr;gap:0}dl.list dd{margin-bottom:8px}th,td{padding:6px 10px}}
@media print{body{background:#fff}main{max-width:none;padding:0}button,select,.tools{display:none}figure,.scroll{break-inside:avoid}details{display:none}}
`;
