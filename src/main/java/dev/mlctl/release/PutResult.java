package dev.mlctl.release;

/** What became of an attempt to create an object. */
public enum PutResult {
  /** The object did not exist, holds the given bytes now, and survives a power cut. */
  CREATED,
  /**
   * An object of that name exists and survives a power cut. It may be the caller's own: some stores
   * answer so when they repeat a request whose first reply was lost. Read it back to know.
   */
  EXISTS,
  /** The store cannot tell: the object may exist now, may appear later, or may never do so. */
  UNKNOWN
}
