/**
 * Files of columns: Parquet and Avro, read and written in batches of columns with types.
 *
 * <p>Open {@link dev.mlctl.format.ColumnFormat} first: it opens a {@link
 * dev.mlctl.format.ColumnFile}, which tells its columns and where it can be cut, and gives a {@link
 * dev.mlctl.data.BatchReader} for a range of its bytes; it makes a {@link
 * dev.mlctl.format.ColumnFile} over a stream; and it joins parts of one schema into one file
 * without decoding them. Where bytes come from is a {@link dev.mlctl.format.ByteSource}, so that a
 * bucket serves as well as a disk. A {@link dev.mlctl.format.RowFile} is a file of any kind, text
 * included, for those who read a few columns of it by name.
 *
 * <p>Why pages are read and written here rather than by the libraries' own readers. Parquet's
 * library hands out records or single values, loads whole row groups, and reads a local file only
 * with Hadoop on the class path; Avro's makes an object per row. Here a page is decoded straight
 * into the arrays of a {@link dev.mlctl.data.RowBatch}, memory is one page and one dictionary a
 * column whatever the size of a row group, every length is checked before anything is allocated,
 * and Hadoop is not needed. The libraries still give what they are best at: Parquet's the metadata
 * (Thrift), bit packing and the delta encodings; Avro's the schema.
 *
 * <p>What comes out is a function of what goes in: the same rows give the same bytes, so no time
 * and no random marker is written (Avro's sync marker is made of the schema). A column that is
 * passed on keeps the type it has in its file, with every annotation, when the output is of the
 * same format; {@link dev.mlctl.format.FileColumn} carries the file's own declaration for that.
 *
 * <p>A damaged file is a {@link dev.mlctl.error.Failure} of kind INPUT that names the file, and the
 * column where one is to blame. This is the only room that may use Parquet, Avro or Hadoop.
 */
package dev.mlctl.format;
