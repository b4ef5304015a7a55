/** A number as a person reads it: four significant digits (seven from 1000 on). */
export const significant = (x: number): string => String(Number(x.toPrecision(Math.abs(x) >= 1000 ? 7 : 4)));
