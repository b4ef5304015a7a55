/** Answers of the coding panel's worker. */
export const handlers = {};
