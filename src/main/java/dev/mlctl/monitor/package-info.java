/** Judges whether a released model still sees the data it was trained on. */
package dev.mlctl.monitor;
