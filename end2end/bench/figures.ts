/** What is measured, and the bar that it is held to. */
export interface Figure {
  what: string;
  unit: string;
  /** The best value that is not good enough lies just beyond it; none where a figure only informs. */
  bar?: { atMost: number } | { atLeast: number };
  how: string;
  /** Significant digits that are shown: three, unless figures that belong together differ less. */
  digits?: number;
}

const load = "wrk, 64 connections, 1 thread, on the same cores; each request the submission of another invitation, answered after its commit";
const insteval = "InstEval of R's lme4 (73,421 ratings, 1,128 rated, 2,972 raters), fit and all standard errors, parsing excluded, one thread";
const rounds = "median of interleaved rounds";
const optimum = "on InstEval, from the optimum of lme4's deviance, polished by Newton's method";
const millions = "10,000,000 synthetic ratings, 10,000 reps, 2,000,000 customers, without standard errors, parsing excluded";
const simulated = "simulated, 4,000 intervals a cell, fixed seeds; 5, 20 or 100 ratings each, crossed or one rep per customer; cells below";
const lighthouse = "Lighthouse mobile, the run with the median performance of 3";
const full = "5,000 customers, 5,000 people and 50,000 meetings with notes";

/** Every figure by the name that it has in target/bench. */
export const FIGURES: Record<string, Figure> = {
  idle_mb: {
    what: "Server, idle",
    unit: "MB",
    bar: { atMost: 40 },
    how: "resident size of `qdos serve` on SQLite once it has nothing left to do",
  },
  push_1000_s: {
    what: "1,000 queued meetings from one device accepted",
    unit: "s",
    bar: { atMost: 0.5 },
    how: "meetings with notes in one push, SQLite; median of 5 devices",
  },
  survey_per_s: { what: "Survey submissions", unit: "/s", bar: { atLeast: 2000 }, how: `30 s on SQLite; ${load}` },
  survey_p99_ms: { what: "Survey submission, 99th percentile", unit: "ms", bar: { atMost: 100 }, how: "the same run" },
  survey_lost: {
    what: "Acknowledged submissions that SIGKILL lost",
    unit: "",
    bar: { atMost: 0 },
    how: "a second run under the same load, in which the server is killed; every link whose answer arrived is looked up in a backup",
  },
  survey_slow_commit_per_s: {
    what: "Survey submissions, 5 ms slower commits",
    unit: "/s",
    bar: { atLeast: 1000 },
    how: "30 s on SQLite, the same load; strace delays every fdatasync and fsync of the server by 5 ms",
  },
  survey_slow_commit_postgres_per_s: {
    what: "The same on PostgreSQL",
    unit: "/s",
    bar: { atLeast: 1000 },
    how: "30 s, the same load; PostgreSQL on the same cores with fsync, commit_delay = 5000 and commit_siblings = 0, which delay every commit by 5 ms",
  },
  wasm_brotli_kb: { what: "The app's WASM, brotli", unit: "KB", bar: { atMost: 300 }, how: "size of what `make build` precompressed, both parts" },
  wasm_first_brotli_kb: { what: "Of that, what a first visit loads before it can sign in", unit: "KB", how: "size of the first part" },
  survey_kb: { what: "Survey page, all it transfers", unit: "KB", bar: { atMost: 15 }, how: `first visit; ${lighthouse}` },
  survey_requests: { what: "Survey page, requests", unit: "", bar: { atMost: 3 }, how: "the same load" },
  survey_script_bytes: { what: "Survey page, script", unit: "bytes", bar: { atMost: 0 }, how: "the same load" },
  survey_performance: { what: "Survey page, Lighthouse performance", unit: "", bar: { atLeast: 100 }, how: "the same load" },
  survey_accessibility: { what: "Survey page, Lighthouse accessibility", unit: "", bar: { atLeast: 100 }, how: "the same load" },
  survey_best_practices: { what: "Survey page, Lighthouse best practices", unit: "", bar: { atLeast: 100 }, how: "the same load" },
  app_performance: { what: "/app, Lighthouse performance", unit: "", bar: { atLeast: 95 }, how: `first visit, to the sign-in; ${lighthouse}` },
  app_accessibility: { what: "/app, Lighthouse accessibility", unit: "", bar: { atLeast: 100 }, how: "the same load" },
  app_best_practices: { what: "/app, Lighthouse best practices", unit: "", bar: { atLeast: 100 }, how: "the same load" },
  offline_start_ms: {
    what: "Offline start to a usable Today",
    unit: "ms",
    bar: { atMost: 1000 },
    how: "demonstration, after one visit and sync; server stopped; a new tab with the CPU slowed down 4 times; median of 9",
  },
  save_p95_ms: {
    what: "Tap on save to 'saved' painted, 95th percentile",
    unit: "ms",
    bar: { atMost: 50 },
    how: "40 meetings logged offline by taps, from when the tap reaches the page to the frame that shows the meeting as saved",
  },
  full_phone_start_ms: {
    what: "Offline start of a full phone to Today",
    unit: "ms",
    bar: { atMost: 1500 },
    how: `${full}, the earlier of which are summed up in its database; server stopped; a new tab with the CPU slowed down 4 times; median of 7`,
  },
  full_phone_interaction_ms: {
    what: "Slowest interaction on a full phone",
    unit: "ms",
    bar: { atMost: 100 },
    how: "the same phone, slowed down as much: from the touch or key to the next frame, as the browser's Event Timing tells it, going through the tabs, a search, a customer, a log, each after the page has read all and rests: in each of 3 s it worked for a tenth at most",
  },
  full_phone_sync_s: { what: "First sync of a full phone", unit: "s", how: `${full}; not slowed down; from the sign-in until the phone's database has every row` },
  score_faster_than_default_blas: {
    what: "Scoring engine: CPU time of lme4 on Debian's default BLAS over ours",
    unit: "x",
    bar: { atLeast: 25 },
    how: `${insteval}; ${rounds}; reference BLAS and LAPACK (libblas3, liblapack3)`,
  },
  score_faster_than_openblas: {
    what: "The same, lme4 on serial OpenBLAS",
    unit: "x",
    bar: { atLeast: 10 },
    how: "the same rounds; libopenblas0-serial",
  },
  score_insteval_cpu_s: { what: "Our CPU time", unit: "s", how: "the same rounds; summing up the ratings included" },
  score_lme4_default_blas_cpu_s: { what: "lme4's on the default BLAS", unit: "s", how: "the same rounds; lmer, then ranef with condVar" },
  score_lme4_openblas_cpu_s: { what: "lme4's on OpenBLAS", unit: "s", how: "the same rounds" },
  score_blup_error: { what: "Estimates, largest difference", unit: "points", bar: { atMost: 1e-8 }, how: optimum },
  score_sd_relative_error: { what: "Conditional standard deviations, largest relative difference", unit: "", bar: { atMost: 1e-7 }, how: optimum },
  score_variance_relative_error: { what: "Variances, largest relative difference", unit: "", bar: { atMost: 1e-7 }, how: optimum },
  score_criterion_error: { what: "REML criterion, difference", unit: "", bar: { atMost: 1e-6 }, how: optimum },
  score_new_rating_us: {
    what: "A new rating to all scores, inverse held",
    unit: "us",
    bar: { atMost: 50 },
    how: "1,128 reps of InstEval at held variances; median of 1,000",
  },
  score_new_rating_refreshed_ms: {
    what: "The same, inverse refreshed",
    unit: "ms",
    bar: { atMost: 5 },
    how: "the same ratings, each added; median of 101",
  },
  score_refresh_ms: {
    what: "A new rating to everybody's scores as kept for their phones",
    unit: "ms",
    how: "1,000 reps with 50 ratings each, SQLite, both audiences; from looking for what is stale, which is done once a second, to the commit; median of 21 ratings",
  },
  score_refresh_anew_s: {
    what: "The same for all of these ratings at once, by a process that remembers nothing",
    unit: "s",
    how: "the same organisation, whose variances are learned, too",
  },
  score_fixed_crossed_s: {
    what: "Estimates at fixed variances, any customer rates any rep",
    unit: "s",
    bar: { atMost: 0.5 },
    how: `CPU time from the summed ratings; ${millions}`,
  },
  score_fixed_nested_s: { what: "The same, one rep per customer", unit: "s", bar: { atMost: 0.5 }, how: "CPU time from the summed ratings" },
  score_reml_crossed_cpu_s: {
    what: "Full REML, any customer rates any rep",
    unit: "s",
    bar: { atMost: 20 },
    how: "CPU time, summing up included; the same ratings",
  },
  score_reml_nested_cpu_s: { what: "The same, one rep per customer", unit: "s", bar: { atMost: 20 }, how: "CPU time, summing up included" },
  score_memory_gb: { what: "Most memory of that", unit: "GB", bar: { atMost: 1 }, how: "resident size of the process, the ratings included" },
  ...synced("sqlite", "SQLite"),
  ...synced("postgres", "PostgreSQL"),
  ...extremes("fairness_coverage_gaussian", {
    what: "95 % intervals that hold a Gaussian truth, 20 and 100 reps",
    unit: "%",
    bars: [93, 97],
    how: `${simulated}; the worst or best cell`,
  }),
  ...extremes("fairness_coverage_gaussian_few_reps", { what: "The same, 3 and 8 reps", unit: "%", bars: [92, 98], how: "the same" }),
  ...extremes("fairness_coverage_ordinal", {
    what: "The same, ordinal truth with 45 % fives, 3 to 100 reps",
    unit: "%",
    bars: [91, 98],
    how: "the same cells; the truth is the rep's expected rating over all customers",
  }),
  ...extremes("fairness_coverage_lowest_third", { what: "The same, reps of the lowest third", unit: "%", how: "all those cells; by the true effect" }),
  ...extremes("fairness_coverage_middle_third", { what: "The same, the middle third", unit: "%", how: "all those cells; by the true effect" }),
  ...extremes("fairness_coverage_highest_third", { what: "The same, the highest third", unit: "%", how: "all those cells; by the true effect" }),
  ...extremes("fairness_coverage_drawn", {
    what: "The same, variances drawn from the model's priors",
    unit: "%",
    how: "Gaussian; 3 reps with 5 ratings, 20 reps with 20",
  }),
  ...extremes("fairness_coverage_other_spread", {
    what: "The same, other variances",
    unit: "%",
    how: "the same sizes; reps 0.1 or 0.7, customers 0.9, ratings 1.0 apart",
  }),
  ...extremes("fairness_coverage_drift", { what: "The same, reps that drift", unit: "%", how: "20 reps with 20 ratings over a year; the truth is today's" }),
  ...extremes("fairness_coverage_harsh_to_good", {
    what: "The same, harsh customers given to good reps",
    unit: "%",
    how: "20 reps with 20 ratings; crossed, or one rep per customer, where nothing can tell",
  }),
  ...extremes("fairness_coverage_fresh", {
    what: "The same, fresh reps",
    unit: "%",
    how: "10 reps with 1 to 5 ratings among 10 with 20 to 40; only the former are judged",
  }),
  ...extremes("fairness_error_over_mean", {
    what: "Error of the score over that of the plain mean",
    unit: "x",
    how: "roots of the mean squared error, all cells with a bar",
  }),
  ...extremes("fairness_error_over_shrinkage", {
    what: "The same over that of shrinkage per rep that knows no customers",
    unit: "x",
    how: "the same cells; the same priors",
  }),
  ...extremes("fairness_rank_above_mean", {
    what: "Rank correlation of the score with the truth, less that of the plain mean",
    unit: "",
    how: "Spearman's, within an organisation, on average; the same cells",
  }),
  ...extremes("fairness_rank_above_shrinkage", { what: "The same, less that of shrinkage", unit: "", how: "the same cells" }),
  fairness_insteval_error: {
    what: "Error in predicting ratings of InstEval, rep and customer known",
    unit: "points",
    digits: 5,
    how: "one rating in ten held out, fixed seed; root of the mean squared error, points of 1 to 5",
  },
  fairness_insteval_score_error: { what: "The same by the rep's score alone", unit: "points", digits: 5, how: "the same ratings" },
  fairness_insteval_shrinkage_error: { what: "The same by shrinkage", unit: "points", digits: 5, how: "the same ratings" },
  fairness_insteval_mean_error: { what: "The same by the rep's plain mean", unit: "points", digits: 5, how: "the same ratings" },
};

/** What sync on one database comes to beside PouchDB. */
function synced(group: string, database: string): Record<string, Figure> {
  const how = "10,000 mutations of 1 KB over loopback, fsync on, beside PouchDB and express-pouchdb on LevelDB with as many documents; medians of 5 interleaved rounds";
  const figure = (what: string, more: Partial<Figure> & { unit: string }): Figure => ({ what: `${what}, ${database}`, how: "the same rounds", ...more });
  return {
    [`${group}.push_ratio`]: figure("PouchDB's time to push over ours", { unit: "x", bar: { atLeast: 3 }, how: `from when the phone has a network until every receipt is stored; ${how}` }),
    [`${group}.push_engine_share`]: figure("Time of the database alone, given the same statements, over that of our push", { unit: "", bar: { atLeast: 0.6 } }),
    [`${group}.pull_ratio`]: figure("PouchDB's time of a first pull over ours", { unit: "x", bar: { atLeast: 10 }, how: "from when it has a network until every row is stored; the same rounds" }),
    [`${group}.push_s`]: figure("Push", { unit: "s" }),
    [`${group}.direct_s`]: figure("The database alone", { unit: "s" }),
    [`${group}.pull_s`]: figure("First pull", { unit: "s" }),
    [`${group}.peer_push_s`]: figure("PouchDB's push", { unit: "s" }),
    [`${group}.peer_pull_s`]: figure("PouchDB's first pull", { unit: "s" }),
  };
}

/** A figure of many cells: the least and the greatest, between two bars if there are any. */
function extremes(name: string, { what, unit, bars, how }: Omit<Figure, "bar"> & { bars?: [number, number] }): Record<string, Figure> {
  return {
    [`${name}_min`]: { what: `${what}: least`, unit, ...(bars && { bar: { atLeast: bars[0] } }), how },
    [`${name}_max`]: { what: `${what}: most`, unit, ...(bars && { bar: { atMost: bars[1] } }), how },
  };
}
