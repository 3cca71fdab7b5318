/**
 * Configuration: what a file may say, and what it does say.
 *
 * <p>A {@link dev.mlctl.config.Shape} describes a file kind once; the checks of {@link
 * dev.mlctl.config.ConfigFile}, the typed getters of {@link dev.mlctl.config.Settings} and the
 * editors' {@link dev.mlctl.config.JsonSchema} all come from that one description, so they cannot
 * drift apart. YAML is read from SnakeYAML's events rather than through data binding: that keeps
 * line and column of every value, reports every fault at once, and lets nothing in YAML's larger
 * vocabulary (tags, aliases, merge keys, implicit types that differ between YAML 1.1 and 1.2)
 * decide a value in silence.
 *
 * <p>This is the only room that may use Jackson and SnakeYAML; every other room reads and writes
 * JSON through {@link dev.mlctl.config.Json}, which is streaming only because data binding costs
 * start-up time. It imports nothing of ours but {@code error}; what a setting means is decided by
 * the room that asked for it.
 */
package dev.mlctl.config;
