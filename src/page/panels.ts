/** The panels, in the order of their tabs. Each loads its own code when it is first shown. */
import type { PanelEntry } from './panel.js';

export const PANELS: readonly PanelEntry[] = [
  { name: 'neuron', title: 'Neuron', load: async () => (await import('./neuron/panel.js')).NeuronPanel },
  { name: 'coding', title: 'Coding', load: async () => (await import('./coding/panel.js')).CodingPanel },
  { name: 'chip', title: 'Chip', load: async () => (await import('./chip/panel.js')).ChipPanel },
  { name: 'digits', title: 'Digits', load: async () => (await import('./digits/panel.js')).DigitsPanel },
];
