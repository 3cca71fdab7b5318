package dev.mlctl.release;

class MemoryStoreTest extends PrunableStoreContract {
  @Override
  PrunableStore store() {
    return new MemoryStore();
  }
}
