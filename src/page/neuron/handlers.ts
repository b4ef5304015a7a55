/** Answers of the neuron panel's worker. */
export const handlers = {};
