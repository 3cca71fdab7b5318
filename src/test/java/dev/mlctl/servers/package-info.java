/**
 * Servers on the loopback interface that tests start and end: the real ones where they run here (S3
 * by S3Proxy, HDFS by its own name node and data node), and a stand-in for Cloud Storage, of which
 * there is none to be had.
 */
package dev.mlctl.servers;
