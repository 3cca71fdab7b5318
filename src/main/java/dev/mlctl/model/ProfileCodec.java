package dev.mlctl.model;

import dev.mlctl.data.CategoryProfile;
import dev.mlctl.data.ColumnProfile;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.Profile;
import java.util.List;
import java.util.Map;

/** Between profiles and their Protobuf messages. */
final class ProfileCodec {
  private ProfileCodec() {}

  static dev.mlctl.model.proto.Profile write(Profile profile) {
    return dev.mlctl.model.proto.Profile.newBuilder()
        .addAllFeatures(profile.features().stream().map(ProfileCodec::column).toList())
        .addAllOutputs(profile.outputs().stream().map(ProfileCodec::column).toList())
        .build();
  }

  static Profile read(dev.mlctl.model.proto.Profile message) {
    return new Profile(columns(message.getFeaturesList()), columns(message.getOutputsList()));
  }

  private static dev.mlctl.model.proto.ColumnProfile column(ColumnProfile column) {
    var message = dev.mlctl.model.proto.ColumnProfile.newBuilder();
    message.setName(column.name()).setMissing(column.missing());
    if (column instanceof NumberProfile n) {
      for (long count : n.counts()) {
        message.addCounts(count);
      }
      for (double edge : n.edges()) {
        message.addEdges(edge);
      }
      message.setOutOfRange(n.outOfRange()).setLowest(n.lowest()).setHighest(n.highest());
      message.setMin(n.min()).setMax(n.max()).setMean(n.mean()).setSquares(n.squares());
    } else if (column instanceof CategoryProfile c) {
      for (long count : c.counts()) {
        message.addCounts(count);
      }
      message.setCategorical(true).addAllCategories(c.categories()).setUnknown(c.unknown());
    }
    return message.build();
  }

  private static List<ColumnProfile> columns(List<dev.mlctl.model.proto.ColumnProfile> messages) {
    return messages.stream().map(ProfileCodec::column).toList();
  }

  private static ColumnProfile column(dev.mlctl.model.proto.ColumnProfile message) {
    long[] counts = message.getCountsList().stream().mapToLong(c -> c).toArray();
    if (message.getCategorical()) {
      return new CategoryProfile(
          message.getName(),
          message.getCategoriesList(),
          counts,
          message.getMissing(),
          message.getUnknown(),
          Map.of());
    }
    return new NumberProfile(
        message.getName(),
        message.getEdgesList().stream().mapToDouble(e -> e).toArray(),
        counts,
        message.getMissing(),
        message.getLowest(),
        message.getHighest(),
        message.getOutOfRange(),
        message.getMin(),
        message.getMax(),
        message.getMean(),
        message.getSquares());
  }
}
