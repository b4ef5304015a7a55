/**
 * Colours and type of all views, light and dark. Categories are those of Okabe and Ito (Color Universal Design,
 * 2008), made darker or lighter only as far as contrast with the ground demands: a population keeps its hue in
 * both themes and in every view.
 */

export interface Theme {
  readonly name: 'light' | 'dark';
  readonly ground: string;
  readonly ink: string;
  /** Axis text, captions: at least 4.5 to 1 against the ground. */
  readonly muted: string;
  /** Axes and frames. */
  readonly line: string;
  /** Grid, and things that are there but idle. */
  readonly faint: string;
  readonly accent: string;
  /** Thresholds, limits, what went wrong. */
  readonly alarm: string;
  /** For marks and areas. */
  readonly categories: readonly string[];
  /** The same hues for text: at least 4.5 to 1 against the ground. */
  readonly categoryInks: readonly string[];
  readonly font: string;
}

const SYSTEM_FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/** blue, vermillion, green, orange, purple, sky, grey */
export const LIGHT: Theme = {
  name: 'light',
  ground: '#ffffff',
  ink: '#16202b',
  muted: '#566270',
  line: '#8b96a2',
  faint: '#e4e8ec',
  accent: '#0a62a9',
  alarm: '#b3261e',
  categories: ['#0072b2', '#d55e00', '#009e73', '#e69f00', '#b95f94', '#56b4e9', '#6b7480'],
  categoryInks: ['#005f95', '#ab4b00', '#00724f', '#8a5f00', '#9a4377', '#1f6f9f', '#56606b'],
  font: SYSTEM_FONT,
};

export const DARK: Theme = {
  name: 'dark',
  ground: '#12171d',
  ink: '#e8ecf0',
  muted: '#9daab7',
  line: '#637080',
  faint: '#27303a',
  accent: '#6fb7f2',
  alarm: '#ff8a80',
  categories: ['#4ba3e3', '#ee7d33', '#2cbf93', '#f0b53c', '#e08fbe', '#8fd0f7', '#a3adb8'],
  categoryInks: ['#6bb5ec', '#f39455', '#45cda4', '#f2bf57', '#e8a5cb', '#9fd7f8', '#b0bac4'],
  font: SYSTEM_FONT,
};

/** For figures in papers: the light theme in the typeface that journals ask for. */
export const PAPER: Theme = { ...LIGHT, font: "Helvetica, Arial, 'Liberation Sans', sans-serif" };

/** For dark slides. */
export const SLIDES: Theme = { ...DARK, font: PAPER.font };

/** Colour of the category `index`, around again where there are more than colours. */
export const categoryColour = ({ categories }: Theme, index: number): string =>
  categories[index % categories.length]!;

export const categoryInk = ({ categoryInks }: Theme, index: number): string =>
  categoryInks[index % categoryInks.length]!;
