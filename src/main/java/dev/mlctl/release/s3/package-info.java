/**
 * Registries in Amazon S3 and what speaks its protocol; in a jar of its own beside Amazon's SDK.
 */
package dev.mlctl.release.s3;
