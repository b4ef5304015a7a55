/** Keeps the page alive when a panel fails: says what happened and offers to start it again. */
import { Component, type ComponentChildren } from 'preact';
import { type Failure, failureOf } from './protocol.js';

interface BoundaryProps {
  readonly title: string;
  /** Must give the boundary another key: it begins anew. */
  readonly onRestart: () => void;
  readonly children: ComponentChildren;
}

export class ErrorBoundary extends Component<BoundaryProps, { readonly failure: Failure | null }> {
  override state = { failure: null };

  static override getDerivedStateFromError(cause: unknown): { readonly failure: Failure } {
    return { failure: failureOf(cause) };
  }

  override render(
    { title, onRestart, children }: BoundaryProps,
    state: { readonly failure: Failure | null },
  ) {
    if (state.failure === null) return children;
    return (
      <FailureCard
        failure={state.failure}
        title={`${title} stopped`}
        action="Start it again"
        onAction={onRestart}
      />
    );
  }
}

/** Message, way out, and a button. */
export function FailureCard(props: {
  readonly failure: Failure;
  readonly title: string;
  readonly action?: string;
  readonly onAction?: () => void;
}) {
  const { failure, title, action, onAction } = props;
  return (
    <section class="failure" role="alert">
      <h2>{title}</h2>
      {failure.message.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      {failure.hint !== '' && <p class="quiet">Way out: {failure.hint}.</p>}
      {action !== undefined && (
        <button type="button" class="button" onClick={onAction}>
          {action}
        </button>
      )}
    </section>
  );
}
