package dev.mlctl.release;

class FaultyStoreTest extends ObjectStoreContract {
  @Override
  ObjectStore store() {
    return new FaultyStore(new MemoryStore(), 7, 0.5);
  }
}
