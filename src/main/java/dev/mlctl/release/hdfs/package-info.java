/** Registries in Hadoop's file system; in a jar of its own beside Hadoop's client. */
package dev.mlctl.release.hdfs;
