/** What the shell knows of a panel, and what a panel is given. */
import type { ComponentType } from 'preact';
import type { Figure } from './figure.js';
import type { PanelName } from './protocol.js';

export type ThemeName = 'light' | 'dark';

export interface PanelProps {
  /** From the address, unchecked; undefined: the default. */
  readonly shared: unknown;
  readonly theme: ThemeName;
  /** To be called when the state that a link should hold has changed; JSON. Undefined: the default. */
  readonly onState: (state: unknown) => void;
  /** What the export menu offers; called once, and when the list changes. */
  readonly onFigures: (figures: readonly Figure[]) => void;
  /** Makes the panel anew, e.g. after its worker was lost. */
  readonly onRestart: () => void;
  /** A message for the user that stays until dismissed, e.g. that a shared state could not be used. */
  readonly onNotice: (message: string) => void;
}

export interface PanelEntry {
  readonly name: PanelName;
  readonly title: string;
  readonly load: () => Promise<ComponentType<PanelProps>>;
}
