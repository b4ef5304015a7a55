/** What a Loihi 1 chip draws when it does nothing. */
import { figuresOf } from '../figure.js';

export const LOIHI1_STATIC_POWER = figuresOf('measured', 'Frady et al., NICE 2020').mW(
  104,
  '3.34 W of 32 chips, divided by us; supply voltage not stated, so another operating point than the other figures',
);
