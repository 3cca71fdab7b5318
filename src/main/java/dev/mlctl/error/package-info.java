/**
 * How things go wrong, in one vocabulary.
 *
 * <p>Two shapes of failure exist and no third. A fault that others may follow (a bad key in a YAML
 * file, one bad row) is a value: {@link dev.mlctl.error.Problem}. A fault after which a command
 * cannot go on is the one exception, {@link dev.mlctl.error.Failure}, which carries a {@link
 * dev.mlctl.error.FailureKind}; the command line maps the kind to an exit code in one place. Any
 * other exception that reaches the command line is a bug in mlctl.
 *
 * <p>Nothing of ours above this room may enter: every other room depends on it.
 */
package dev.mlctl.error;
