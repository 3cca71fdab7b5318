/**
 * The registry: which bundle is the current release of a model in an environment, and how it came
 * to be so. Open {@link dev.mlctl.release.Releases} first.
 *
 * <p>A registry is a plain directory that anyone can read with {@code ls} and {@code cat}:
 *
 * <pre>
 * mlctl-registry.json                                the format version
 * blobs/sha256/HEX                                   bundles, immutable, named by digest
 * signatures/sha256/HEX/HEX2.sigstore.json           signatures of the bundle HEX, immutable
 * models/NAME/ENV/log/00000000000000000007.json      one deploy, rollback or revocation, immutable
 * models/NAME/ENV/runs/ID.json                       run records written by score
 * models/NAME/ENV/verdicts/00000000000000000007/…    what monitor thinks of release 7
 * models/NAME/ENV/challengers/…                      what is tried beside the current release
 * condemned/HEX/…                                    what prune is about to do with a bundle
 * </pre>
 *
 * <p>Everything rests on one promise of the {@link dev.mlctl.release.ObjectStore}: put-if-absent.
 * Nothing is ever edited, and nothing deleted but bundles without a release, and those only by
 * {@link dev.mlctl.release.Pruning}; so there are no locks, no "in progress" state, and nothing to
 * repair after a process was killed. A commit is the creation of the record head+1; whoever creates
 * it first has won, and the loser looks again. The order of things and the one commit point are in
 * {@code Commit}.
 *
 * <p>A record ends in a digest of its own bytes and names the digest of the record before it, so
 * the log is a hash chain. A gap, a break, a foreign file or a bad record is named and refused and
 * never skipped: a reader that skips would serve a model nobody chose.
 *
 * <p>Three kinds of notes ({@code Notes}) lie beside the logs and are part of no chain, so that a
 * bad one breaks nothing:
 *
 * <ul>
 *   <li><i>Verdicts.</i> monitor notes that a release is critical, and takes it back when a later
 *       run is ok; nothing is noted while the opinion stays the same. It does so whatever its exit
 *       code ({@code --fail-on}) is: that is about the job that runs it, the verdict about the
 *       release. A condemned release is never where a rollback goes by itself. A verdict that
 *       cannot be read condemns, with a warning: only releases that were critical once have any,
 *       and wrongly passing over a release costs less than wrongly going back to it. {@code
 *       rollback --to}, or deploying the bundle again, is a person's word against it.
 *   <li><i>Fates.</i> prune condemns what no release refers to, and deletes it in a later run; how
 *       a deploy that wants the same bundle at the same moment is safe is told in {@code Fate}.
 *   <li><i>Challengers.</i> A bundle that is tried beside the current release, one at a time. A
 *       note begins it or drops it; that it was promoted is what the log says, whose record made
 *       its bundle current. Nothing of it may harm the release: what cannot be read or used counts
 *       as no challenger, with a warning ({@link dev.mlctl.release.Challengers}). Only prune must
 *       be sure, and refuses while the newest note is damaged.
 * </ul>
 *
 * <p>{@link dev.mlctl.release.Verification} looks at everything and names the first fault. What no
 * reader would ever look at (a foreign file outside the logs, the temporary file of a writer that
 * was killed, a bundle without a release) is told and is no fault.
 *
 * <p>A signature is an object of its own, named by its own SHA-256 (HEX2), and is put before the
 * record of the release, so that whoever sees the release finds it; several keys may sign one
 * bundle, at any time. Nothing here says which signatures are wanted: that is the user's {@link
 * dev.mlctl.release.TrustPolicy}, and what a signature is, the package {@code signing}. A bundle is
 * held against the policy when it is deployed, when a rollback goes back to it and when it is
 * handed out for use.
 *
 * <p>A bundle can be revoked, for good and all, in one model and environment. The record that does
 * it and every record after it repeat the list of revoked bundles, so that the newest record tells
 * whether a bundle may be used, however long the log is, and moving to another bundle and revoking
 * the one left are one record. A record that drops one from the list does not follow from the one
 * before and is refused. The list is the log's: who can write a whole new log can leave it out.
 *
 * <p>What a release may be is decided by the bundle itself (room {@code model}); this room asks it
 * through {@code BundleReader} and knows nothing of models. Gates are judged here, in {@code
 * Gates}, on the metrics the bundles hold or on those that an {@code Evaluation} of that room finds
 * on a file of labelled rows.
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
