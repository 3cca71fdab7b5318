package dev.mlctl.servers;

import java.util.Map;

/**
 * The generation a request expects an object to have.
 *
 * @param match the generation it must have, 0 for none at all; negative for any
 * @param notMatch the generation it must not have; negative for any
 */
record GcsConditions(long match, long notMatch) {
  static final GcsConditions NONE = new GcsConditions(-1, -1);

  /** The conditions of a query. */
  static GcsConditions of(Map<String, String> query) {
    return new GcsConditions(
        number(query, "ifGenerationMatch"), number(query, "ifGenerationNotMatch"));
  }

  /** The conditions on the source of a copy, and the generation of an object that is read. */
  static GcsConditions ofSource(Map<String, String> query) {
    String name = query.containsKey("generation") ? "generation" : "sourceGeneration";
    long exact = number(query, name);
    return new GcsConditions(
        exact >= 0 ? exact : number(query, "ifSourceGenerationMatch"),
        number(query, "ifSourceGenerationNotMatch"));
  }

  private static long number(Map<String, String> query, String name) {
    return query.containsKey(name) ? Long.parseLong(query.get(name)) : -1;
  }

  /**
   * Checks an object.
   *
   * @param stored null when there is none
   */
  void check(GcsObjects.Stored stored) {
    long generation = stored == null ? 0 : stored.generation();
    if ((match >= 0 && generation != match) || (notMatch >= 0 && generation == notMatch)) {
      throw new GcsObjects.Refused(
          412, "At least one of the pre-conditions you specified did not hold.");
    }
  }
}
