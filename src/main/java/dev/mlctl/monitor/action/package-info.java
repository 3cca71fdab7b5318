/**
 * Does something about alerts: tells a log, a file, a receiver of webhooks or a program, goes back,
 * trains anew.
 *
 * <p>Open first: {@link dev.mlctl.monitor.action.Actions}. What is told is one {@link
 * dev.mlctl.monitor.action.Event} per check, a CloudEvent (specification 1.0, JSON format, section
 * 3) whose id is the same for the same alerts over the same runs, so that a receiver can drop
 * repeats; nothing else is remembered between two checks. An event holds figures and names of
 * columns and slices, never the notes of findings, which may repeat values of rows.
 *
 * <p>Of all alerts the worst decides which list of monitor.yaml is worked through, once, with all
 * of them: a critical check does not do on top what a warning would. Telling comes first, then what
 * changes the release; the order within that is the file's. An action that fails is a value and
 * hides no other. None can hang: each has a time after which it is given up, processes are ended
 * with all they started, files must be regular ones, and of an answer a little is read.
 *
 * <p>Going back and training are other rooms' business, so the room asks an {@link
 * dev.mlctl.monitor.action.ActionHost} for them. Java's HTTP client is touched only when there is
 * something to send: loading it would double the time of a check.
 */
package dev.mlctl.monitor.action;
