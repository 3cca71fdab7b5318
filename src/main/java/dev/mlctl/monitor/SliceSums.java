package dev.mlctl.monitor;

import dev.mlctl.data.Profile;
import dev.mlctl.data.ProfileSum;
import dev.mlctl.data.RunProfile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The profiles of some slices, added up. Not thread-safe. */
final class SliceSums {
  private final Map<String, ProfileSum> sums = new LinkedHashMap<>();

  /**
   * Sums of nothing.
   *
   * @param names as in {@code region=north}
   * @param shape whose bins the profiles have
   */
  SliceSums(Collection<String> names, Profile shape) {
    names.forEach(name -> sums.put(name, ProfileSum.ofCounts(shape)));
  }

  /** Adds what a run counted of them; nothing when it did not count by that column. */
  void add(RunProfile run) {
    if (!sums.isEmpty()) {
      run.slices()
          .forEach(
              (slice, profile) -> {
                ProfileSum sum = sums.get(slice.toString());
                if (sum != null) {
                  sum.add(profile);
                }
              });
    }
  }

  void add(SliceSums other) {
    other.sums.forEach((name, sum) -> sums.get(name).add(sum.profile()));
  }

  Profile profile(String name) {
    return sums.get(name).profile();
  }
}
