package dev.mlctl.release;

/** Lets a rival act just before the first release record is written. */
final class BeforeFirstRecord extends PassingStore {
  private Runnable rival;

  BeforeFirstRecord(PrunableStore store, Runnable rival) {
    super(store);
    this.rival = rival;
  }

  @Override
  public PutResult putIfAbsent(String key, byte[] bytes) {
    if (key.contains("/log/")) {
      Runnable now = rival;
      rival = () -> {};
      now.run();
    }
    return super.putIfAbsent(key, bytes);
  }
}
