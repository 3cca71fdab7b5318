/**
 * Servers on the loopback interface that tests start and end: the real ones where they run here (S3
 * by S3Proxy, HDFS by its own name node and data node), and stand-ins for Cloud Storage and
 * Dataflow, of which there are none to be had.
 */
package dev.mlctl.servers;
