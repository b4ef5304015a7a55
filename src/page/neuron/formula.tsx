/** Formulas as HTML, which every browser sets alike; numbers in the accent colour, read out as one sentence. */
import type { ComponentChildren } from 'preact';
import { plain } from './numbers.js';

export function Formula(props: {
  readonly name: string;
  /** What is read out. */
  readonly spoken: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="formula">
      <span class="quiet">{props.name}</span>
      <span class="math" role="math" aria-label={props.spoken}>
        {props.children}
      </span>
    </div>
  );
}

export function Var({ children, sub }: { readonly children: string; readonly sub?: string }) {
  return (
    <var>
      {children}
      {sub !== undefined && <sub>{sub}</sub>}
    </var>
  );
}

export function Num({ value, unit }: { readonly value: number; readonly unit?: string }) {
  return (
    <b>
      {plain(value)}
      {unit !== undefined && <small>&nbsp;{unit}</small>}
    </b>
  );
}

export const Op = ({ children }: { readonly children: string }) => <span class="op">{children}</span>;

export function Frac({
  over,
  under,
}: {
  readonly over: ComponentChildren;
  readonly under: ComponentChildren;
}) {
  return (
    <span class="frac">
      <span>{over}</span>
      <span>{under}</span>
    </span>
  );
}

/** A difference of two voltages, in brackets. */
export const Gap = ({ of, from }: { readonly of: string; readonly from: string }) => (
  <>
    (<Var sub={of}>V</Var>
    <Op>−</Op>
    <Var sub={from}>V</Var>)
  </>
);
