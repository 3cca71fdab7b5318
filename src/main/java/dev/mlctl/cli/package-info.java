/**
 * The command line: one class per command, what is printed, and which exit code it ends with.
 *
 * <p>A command class declares its options, makes one call into its capability and hands the result
 * to the {@link dev.mlctl.cli.Console}. stdout is data and stderr is everything else; only the
 * console writes to either, and only {@link dev.mlctl.cli.Main} ends the process. Commands that
 * need neither Beam nor Smile must not load a class of theirs: they start in a third of a second
 * because of it, so a command touches the rooms of {@code train} and {@code score} only when it is
 * one of those.
 *
 * <p>Global options are defined once on {@link dev.mlctl.cli.Mlctl} and inherited; a value not
 * given as a flag comes from {@code MLCTL_*}, then {@code mlctl.yaml} in the working directory,
 * then the user's configuration directory ({@link dev.mlctl.cli.Defaults}). The one thing that does
 * not hide what comes after it is the policy of trust: all that is said there must be met.
 *
 * <p>This is the only room that may use picocli. Man pages and completions are generated from these
 * classes and committed; a test fails when they are stale.
 */
package dev.mlctl.cli;
