package dev.mlctl.error;

/** Why a command cannot go on. The command line gives each kind its exit code. */
public enum FailureKind {
  /** The command line or a configuration file is wrong. */
  USAGE,
  /** Input rows or an input file cannot be used. */
  INPUT,
  /** A bundle, a run directory or a release log is damaged or of an unknown version. */
  INVALID,
  /** A signature is missing or wrong, or a release was revoked. */
  TRUST,
  /** Somebody else changed what was expected, or the target already exists. */
  CONFLICT,
  /** A file, a model, an environment or a release does not exist. */
  NOT_FOUND,
  /** Storage refused and nothing was committed. */
  STORAGE,
  /** Storage failed in a way that leaves the outcome unknown. */
  UNKNOWN_OUTCOME,
  /** A scoring pipeline failed. */
  PIPELINE,
  /** A gate did not hold or a threshold was breached. */
  GATE,
  /** The user interrupted the command. */
  INTERRUPTED
}
