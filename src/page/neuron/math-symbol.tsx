/** A symbol of a formula in running text: `τ_m` with its subscript. */
export function MathSymbol({ text }: { readonly text: string }) {
  const [base, sub] = text.split('_');
  return (
    <span class="symbol" aria-hidden="true">
      <i>{base}</i>
      {sub !== undefined && <sub>{sub}</sub>}
    </span>
  );
}
