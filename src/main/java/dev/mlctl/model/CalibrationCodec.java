package dev.mlctl.model;

/** Between a calibration and its Protobuf message. */
final class CalibrationCodec {
  private CalibrationCodec() {}

  static dev.mlctl.model.proto.Calibration write(Calibration calibration) {
    var message = dev.mlctl.model.proto.Calibration.newBuilder();
    for (Calibration.Curve curve : calibration.curves()) {
      var one = message.addCurvesBuilder().setUnsurePositives(curve.unsurePositives());
      for (long positives : curve.positives()) {
        one.addPositives(positives);
      }
      for (double mean : curve.means()) {
        one.addMeans(mean);
      }
    }
    return message.build();
  }

  static Calibration read(dev.mlctl.model.proto.Calibration message) {
    return new Calibration(
        message.getCurvesList().stream()
            .map(
                curve ->
                    new Calibration.Curve(
                        curve.getPositivesList().stream().mapToLong(n -> n).toArray(),
                        curve.getMeansList().stream().mapToDouble(m -> m).toArray(),
                        curve.getUnsurePositives()))
            .toList());
  }
}
