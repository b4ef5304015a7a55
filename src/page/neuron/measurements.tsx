/** Keeps the measurement and the curve of the latest constants; older questions are cancelled. */
import { useEffect, useState } from 'preact/hooks';
import type { ChipWorker } from '../chip-worker.js';
import { type Failure, failureOf, isAborted } from '../protocol.js';
import type { NeuronCalls } from './calls.js';
import type { RateCurve } from './curve.js';
import type { NeuronMeasurement } from './measure.js';
import type { NeuronParameters } from './parameters.js';

export interface Measurements {
  readonly measured: NeuronMeasurement | null;
  /** Constants that `measured` is of. */
  readonly of: NeuronParameters | null;
  readonly curve: RateCurve | null;
  readonly failure: Failure | null;
}

/** ms that constants must rest before the curve is measured again. */
const CURVE_REST_MS = 120;

export function useMeasurements(worker: ChipWorker<NeuronCalls>, parameters: NeuronParameters): Measurements {
  const [state, setState] = useState<Measurements>({ measured: null, of: null, curve: null, failure: null });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const fail = (cause: unknown): void => {
      if (!signal.aborted && !isAborted(cause)) setState((old) => ({ ...old, failure: failureOf(cause) }));
    };
    worker
      .ask('measure', parameters, { signal })
      .then((measured) => {
        if (!signal.aborted) setState((old) => ({ ...old, measured, of: parameters, failure: null }));
      })
      .catch(fail);
    const timer = setTimeout(() => {
      worker
        .ask('curve', parameters, { signal })
        .then((curve) => {
          if (!signal.aborted) setState((old) => ({ ...old, curve }));
        })
        .catch(fail);
    }, CURVE_REST_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [worker, parameters]);
  return state;
}
