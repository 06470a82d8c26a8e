/** The value below which the share `part` of `values` lies; NaN where there are none. */
export function quantile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** The middle one; of an even number, the upper of the two. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}
