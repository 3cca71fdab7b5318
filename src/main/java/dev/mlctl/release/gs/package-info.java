/** Registries in Google Cloud Storage; in a jar of its own beside Google's libraries. */
package dev.mlctl.release.gs;
