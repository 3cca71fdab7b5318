package dev.mlctl.release;

class MemoryStoreTest extends ObjectStoreContract {
  @Override
  ObjectStore store() {
    return new MemoryStore();
  }
}
