// Numbers of several runs.

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

/** The number below which that share of them lies; NaN of none. */
export const quantile = (numbers, share) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? NaN;

export const median = (numbers) => quantile(numbers, 0.5);

export const spread = (numbers) => ({ median: median(numbers), least: Math.min(...numbers), most: Math.max(...numbers) });
