package dev.mlctl.score;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of an output that is a directory: {@code NAME-00000-of-00003.csv} and so on, in input
 * order, with a manifest. A part is a shard as it stands unless fewer shards than parts were asked
 * for.
 */
final class OutputShards {
  private static final String DIRECTORY = "directory";

  private final ScoreJob job;
  private final WorkDirectory work;
  private final Storage storage;

  OutputShards(ScoreJob job) {
    this.job = job;
    this.work = job.workDirectory();
    this.storage = work.storage();
  }

  /**
   * The first part of each shard.
   *
   * @param atMost how many shards there may be; 0 for as many as parts
   */
  static List<Integer> starts(List<WorkUnit> units, int atMost) {
    int shards = atMost == 0 ? units.size() : Math.min(atMost, units.size());
    long bytes = units.stream().mapToLong(unit -> unit.end() - unit.start()).sum();
    List<Integer> starts = new ArrayList<>(List.of(0));
    long before = 0;
    for (WorkUnit unit : units) {
      long share = bytes * starts.size() / shards;
      int left = units.size() - unit.part();
      boolean mustStart = left == shards - starts.size();
      if (unit.part() > 0 && starts.size() < shards && (before >= share || mustStart)) {
        starts.add(unit.part());
      }
      before += unit.end() - unit.start();
    }
    return starts;
  }

  /** Where the shards are put together. */
  String directory() {
    return work.file(DIRECTORY);
  }

  /** Puts the shards together. */
  void assemble(List<PartResult> parts, Tally total) throws IOException {
    storage.delete(directory());
    storage.makeDirectory(directory());
    List<Manifest.Entry> entries = new ArrayList<>();
    for (int s = 0; s < job.shardStarts().size(); s++) {
      boolean last = s + 1 == job.shardStarts().size();
      int end = last ? parts.size() : job.shardStarts().get(s + 1);
      List<PartResult> shard = parts.subList(job.shardStarts().get(s), end);
      String name = name(s);
      put(shard, storage.resolve(directory(), name));
      long rows = shard.stream().mapToLong(part -> part.tally().rowsOut()).sum();
      entries.add(new Manifest.Entry(name, rows));
    }
    Manifest.in(directory(), job, total, entries);
  }

  private String name(int shard) {
    Publication publication = job.publication();
    boolean tabs = publication.csvOptions().delimiter() == '\t';
    String extension =
        switch (publication.format()) {
          case CSV -> tabs ? "tsv" : "csv";
          case JSON -> "jsonl";
          case PARQUET -> "parquet";
          case AVRO -> "avro";
        };
    return String.format(
        "%s-%05d-of-%05d.%s%s",
        storage.name(publication.target()),
        shard,
        job.shardStarts().size(),
        extension,
        publication.compression().extension());
  }

  private void put(List<PartResult> shard, String target) throws IOException {
    if (shard.size() == 1) {
      storage.publish(work.file(shard.get(0).file()), target, false);
    } else {
      try (OutputStream out = storage.create(target)) {
        new PartJoin(job).join(shard, false, out);
      }
    }
    storage.sync(target);
  }
}
