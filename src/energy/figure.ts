/** How profiles write their figures: all of one source under one basis. */
import type { Basis, Figure, Included, Price } from './cost-profile.js';
import type { EventName } from './events.js';

type Make = (value: number, note?: string) => Figure;

/** Makers of figures, a unit each. */
export interface Figures {
  readonly pJ: Make;
  readonly ns: Make;
  readonly mW: Make;
  readonly messages: Make;
}

/** Figures that share basis and source. */
export function figuresOf(basis: Basis, source: string): Figures {
  const inUnit =
    (unit: Figure['unit']): Make =>
    (value, note) => ({ value, unit, basis, source, ...(note === undefined ? {} : { note }) });
  return { pJ: inUnit('pJ'), ns: inUnit('ns'), mW: inUnit('mW'), messages: inUnit('messages') };
}

/** The price of an event that is part of another's. */
export const includedIn = (event: EventName, note?: string): Included => ({
  includedIn: event,
  ...(note === undefined ? {} : { note }),
});

/** Whether a price is a figure of its own. */
export const isFigure = (price: Price): price is Figure => 'value' in price;
