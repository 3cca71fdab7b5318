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
 * through {@code BundleReader} and knows nothing of models.
 *
 * <p>A registry lies in a directory ({@code LocalStore}) or in a bucket or on HDFS ({@code
 * RemoteStore}). What differs between those is one small {@code RemoteClient} each, in the packages
 * {@code gs}, {@code s3} and {@code hdfs} below this one, which alone may use the libraries of
 * those stores. Each is in a jar of its own in {@code filesystems/SCHEME} of the installation,
 * beside the libraries, and is looked up by name through a class loader over that directory when a
 * registry's address has its scheme. That way nothing of it is on the class path of any command, a
 * distribution may leave the directory out, and whatever names the registry (an option, a variable,
 * mlctl.yaml) works alike. The launcher could have put the jars on the class path instead, but it
 * would have to read YAML in shell to know when.
 *
 * <p>The clients make single attempts: a library that repeats a request by itself gives the answer
 * to the second for that to the first, and then 412 may mean our own success, and 403 a refusal of
 * what was done before. So Beam's {@code FileSystems} is no commit layer either.
 */
package dev.mlctl.release;
