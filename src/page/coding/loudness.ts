/** The loudness of the microphone, for as long as a signal is. Nothing is kept or sent but POINTS numbers. */
import { SeamountError } from '../../../cores/index.js';
import { DT, DURATION, POINTS } from './course.js';

const FRAME_MS = (DURATION * DT) / POINTS;
/** Below this a room is silent: it is not made louder than it is. */
const LEAST_PEAK = 0.02;

/**
 * Listens for DURATION steps.
 * @param onPoint told of the points so far, 0..1
 * @throws {SeamountError} `E_IO` where there is no microphone, or it may not be used; `E_ABORTED`
 */
export async function listen(
  signal: AbortSignal,
  onPoint: (points: readonly number[]) => void,
): Promise<readonly number[]> {
  const stream = await microphone();
  const context = new AudioContext();
  try {
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    await context.resume();
    const samples = new Float32Array(analyser.fftSize);
    const loudness: number[] = [];
    while (loudness.length < POINTS) {
      await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
      if (signal.aborted) throw new SeamountError('E_ABORTED', 'stopped listening');
      analyser.getFloatTimeDomainData(samples);
      loudness.push(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length));
      onPoint(scaled(loudness));
    }
    return scaled(loudness);
  } finally {
    for (const track of stream.getTracks()) track.stop();
    await context.close();
  }
}

async function microphone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (cause) {
    throw new SeamountError(
      'E_IO',
      'the microphone cannot be used here',
      'allow it for this page, or draw the signal by hand',
      { cause },
    );
  }
}

/** The loudest is 1; what was not heard yet is 0. */
function scaled(loudness: readonly number[]): readonly number[] {
  const peak = Math.max(LEAST_PEAK, ...loudness);
  return Array.from({ length: POINTS }, (_, i) => Math.min(1, (loudness[i] ?? 0) / peak));
}
