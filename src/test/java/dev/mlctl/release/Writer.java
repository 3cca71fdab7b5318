package dev.mlctl.release;

/** Deploys and rolls back: the real thing, or one with a bug. */
interface Writer {
  /** The release that is wanted, and whether it was made now. */
  Commit.Step deploy(DeployRequest request);

  /** The release that is wanted, and whether it was made now. */
  Commit.Step rollback(RollbackRequest request);

  /** The real thing. */
  static Writer real(ObjectStore store, long seed) {
    Releases releases = Registries.releases(store, seed);
    return new Writer() {
      @Override
      public Commit.Step deploy(DeployRequest request) {
        return step(releases.deploy(request));
      }

      @Override
      public Commit.Step rollback(RollbackRequest request) {
        return step(releases.rollback(request));
      }
    };
  }

  private static Commit.Step step(Deployed deployed) {
    return new Commit.Step(deployed.release(), deployed.changed());
  }
}
