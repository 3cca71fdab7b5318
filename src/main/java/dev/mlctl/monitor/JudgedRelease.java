package dev.mlctl.monitor;

/**
 * The names in a reference such as {@code bikes@prod#7}.
 *
 * @param model the model's name
 * @param environment the environment's name
 * @param number the release's number, or empty
 */
public record JudgedRelease(String model, String environment, String number) {
  /**
   * Reads what {@link MonitorReport#reference} gives; none of the names can hold {@code @} or #.
   */
  public static JudgedRelease of(String reference) {
    int at = reference.indexOf('@');
    int hash = reference.indexOf('#');
    int end = hash < 0 ? reference.length() : hash;
    return new JudgedRelease(
        at < 0 ? reference.substring(0, end) : reference.substring(0, at),
        at < 0 ? "" : reference.substring(at + 1, end),
        hash < 0 ? "" : reference.substring(hash + 1));
  }
}
