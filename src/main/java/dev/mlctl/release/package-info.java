/**
 * The registry: which bundle is the current release of a model in an environment, and how it came
 * to be so. Open {@link dev.mlctl.release.Releases} first.
 *
 * <p>A registry is a plain directory that anyone can read with {@code ls} and {@code cat}:
 *
 * <pre>
 * mlctl-registry.json                                the format version
 * blobs/sha256/HEX                                   bundles, immutable, named by digest
 * models/NAME/ENV/log/00000000000000000007.json      one deploy or rollback, immutable
 * models/NAME/ENV/runs/ID.json                       run records written by score
 * </pre>
 *
 * <p>Everything rests on one promise of the {@link dev.mlctl.release.ObjectStore}: put-if-absent.
 * Nothing is ever edited or deleted, so there are no locks, no "in progress" state, and nothing to
 * repair after a process was killed. A commit is the creation of the record head+1; whoever creates
 * it first has won, and the loser looks again. The order of things and the one commit point are in
 * {@code Commit}.
 *
 * <p>A record ends in a digest of its own bytes and names the digest of the record before it, so
 * the log is a hash chain. A gap, a break, a foreign file or a bad record is named and refused and
 * never skipped: a reader that skips would serve a model nobody chose.
 *
 * <p>What a release may be is decided by the bundle itself (room {@code model}); this room asks it
 * through {@code BundleReader} and knows nothing of models. Gates are judged here, in {@code
 * Gates}, on the metrics the bundles hold or on those that an {@code Evaluation} of that room finds
 * on a file of labelled rows. Cloud storage SDKs may enter here and nowhere else.
 */
package dev.mlctl.release;
