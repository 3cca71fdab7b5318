package dev.mlctl.data;

/** What happens to a row whose category was not seen in training. */
public enum UnknownPolicy {
  /** It is treated as the model's "other" level, and counted in the profile. */
  OTHER,
  /** The row is rejected. */
  REJECT
}
