/** A figure of the score, of the plain mean, and of shrinkage per rep that knows no customers. */
export interface Each {
  score: number;
  mean: number;
  shrinkage: number;
}

/** Organisations of one kind whose truth is known, and what came of them; errors and widths are points of 100. */
export interface Cell {
  name: string;
  case: string;
  scale: "gaussian" | "ordinal";
  design: "crossed" | "one_rep";
  reps: number;
  ratings: number;
  intervals: number;
  coverage: number;
  coverage_by_tercile: number[];
  width: number;
  error: Each;
  rank: Each;
}

/** Every cell by its name. */
export type Cells = Record<string, Cell>;

/** What the section of BENCHMARKS.md starts with. */
export const HEADING = "## Fairness, cell by cell";

const CASES: Record<string, string> = {
  ordinary: "ordinary",
  drawn: "variances drawn from the priors",
  alike_reps: "reps 0.1 apart",
  unlike_reps: "reps 0.7 apart",
  unlike_customers: "customers 0.9 apart",
  noisy_ratings: "ratings of the same 1.0 apart",
  drift: "reps drift",
  harsh_to_good: "harsh customers to good reps",
  fresh: "fresh reps",
};

const DESIGNS = { crossed: "crossed", one_rep: "one rep" };
const SCALES = { gaussian: "Gaussian", ordinal: "ordinal" };

/** The section that shows every cell. */
export function section(cells: Cells): string[] {
  return [
    HEADING,
    "",
    "Written by `make bench-fairness`; `target/bench/fairness.json` has the same by name. Deviations in points of 1 to 5: reps 0.35, customers 0.5, ratings of the same 0.65, unless the case says otherwise.",
    "Crossed: a customer rates about four times, any rep. One rep: about twice, always the same. A rep's ratings come from three customers at least, as those of a score that a manager sees. Ordinal: cut so that 2, 5, 13, 35 and 45 % of all ratings are 1 to 5; the truth is the rep's expected rating over all customers.",
    "Drift: ratings are spread over a year in which a rep's effect walks 0.25 away; the truth is today's. Harsh customers to good reps: of three customers the one rates who is most as harsh as the rep is good, which hides most of what reps differ by.",
    "Fresh reps: one to five ratings, among others with twenty to forty; only they are judged. Coverage is marginal over reps and organisations, at least 4,000 intervals a cell; by third of the true effect from the lowest.",
    "Errors (root of the mean square) and widths are points of 100; rank correlation (Spearman) is within an organisation, on average. Each for the score / the plain mean / shrinkage per rep that knows no customers.",
    "",
    "| Case | Truth | Customers | Reps | Ratings each | Coverage, % | By third, % | Width | Error | Rank correlation |",
    "|---|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ...Object.values(cells).map(line),
  ];
}

function line(cell: Cell): string {
  const percent = (share: number) => (100 * share).toFixed(1);
  const each = ({ score, mean, shrinkage }: Each, digits: number) => [score, mean, shrinkage].map((value) => value.toFixed(digits)).join(" / ");
  const columns = [
    CASES[cell.case],
    SCALES[cell.scale],
    DESIGNS[cell.design],
    cell.reps,
    cell.ratings,
    percent(cell.coverage),
    cell.coverage_by_tercile.map(percent).join(" / "),
    cell.width.toFixed(1),
    each(cell.error, 2),
    each(cell.rank, 3),
  ];
  return `| ${columns.join(" | ")} |`;
}
