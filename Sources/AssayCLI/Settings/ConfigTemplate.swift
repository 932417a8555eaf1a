/// The configuration that `assay init` writes. Every key occurs in it once, most of
/// them behind a comment mark.
enum ConfigTemplate {
  static let text = """
    # What `assay run FILE` does. A key is the flag of the same name with _ for -, and a flag on the
    # command line goes before its key. Relative paths start from the folder of this file.

    # ── Evaluators ────────────────────────────────────────────────────────────────────────────
    # One or several; `assay plugins list` shows what is installed, `assay plugins inspect NAME`
    # its roles, parameters and metrics.
    evaluator: tabular.binary
    # evaluator:
    #   - name: tabular.binary
    #     param: {threshold: 0.4}
    #     pass_threshold: 0.9
    #   - library: libm.so.6              # a function of a library that knows nothing of Assay
    #     call: double fabs(double x)
    #     bind: {x: error}
    # param: {threshold: 0.5}             # parameters for every evaluator
    # plugin: [build/libmine.so]          # plugins that are not installed
    # library: libm.so.6                  # the same as above, for a single function
    # call: double fabs(double x)
    # result: score                       # score, status or ignore

    # ── Data ──────────────────────────────────────────────────────────────────────────────────
    # CSV, TSV, JSON, JSONL, Parquet, Arrow or Feather, by extension.
    sample: predictions.csv
    # sample_range: "0:1000"              # rows from 0, without the end
    # ground_truth: labels.parquet        # what was expected, where it is kept apart
    # ground_truth_range: "0:1000"
    # a: baseline.jsonl                   # in place of sample: two models' answers, for an evaluator
    # b: candidate.jsonl                  # that says which is better; the win rate is b's
    # join_on: id                         # without it by the evaluator's own key, or row by row
    # unmatched: skip                     # rows that only the sample has: error, or skip (they count as missing)
    bind:                                 # role: column; without one the column of the role's own name;
                                      # an optional role, such as weight, only where it is bound
      target: label
      score: score
    # nulls: error                        # error, or skip and count
    # null_text: [NA, "-"]                # what else stands for null in files
    # cast: exact                         # exact or round

    # ── Gate ──────────────────────────────────────────────────────────────────────────────────
    threshold:
      - roc_auc >= 0.9
    #  - ci_low(recall) >= 0.8
    #  - min(recall by site) >= 0.75
    #  - delta(roc_auc) >= -0.01
    # pass_threshold: 0.9                 # the bar for the headline metric, or for each row
    # baseline: last.json                 # the result that delta(…) compares with
    # ignore_fingerprints: false          # true compares with another version of the evaluator too
    # min_coverage: 1.0                   # the share of the rows that must have a score
    # on_inconclusive: stop               # stop (exit code 4) or pass
    # gate_exit_code: 1

    # ── What is computed ──────────────────────────────────────────────────────────────────────
    # ci: 0.95                            # intervals of this level
    # cluster: patient                    # rows that are resampled together
    # seed: 0
    # slice: [site, "site,sex"]           # results by column, and by combinations
    # fold: fold                          # results by fold, with mean and standard deviation
    # split: test                         # only rows with this value in the column split
    # only: [roc_auc, precision, recall]  # metrics and tables
    # also: [matches]                     # large tables besides all others
    # undefined: "null"                   # null, zero, error or sklearn
    # curve_points: 1000                  # or all
    # jobs: 8                             # threads; all cores without it

    # ── Results ───────────────────────────────────────────────────────────────────────────────
    # output: [report.html, report.junit.xml, result.json]
    # images: val2017                     # the folder of images that a page shows with boxes
    # rows: rows.jsonl                    # what was said about every row
    # no_states: false                    # true keeps no states beside a JSON result
    # save: false                         # true keeps the run with every row in the project's registry
    # format: table                       # what is printed: table, json or yaml
    # quiet: false
    # no_progress: false

    """
}
