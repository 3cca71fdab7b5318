/**
 * The model as data: what goes in, what is done to it, what comes out, and the file it travels in.
 *
 * <p>A {@link dev.mlctl.model.Model} is a {@link dev.mlctl.model.Signature} (the features a caller
 * sends and the outputs they get), a {@link dev.mlctl.model.Preprocessor} (imputation, scaling,
 * levels of categories) and a {@link dev.mlctl.model.Predictor} (linear, tree ensemble, multilayer
 * perceptron). All are immutable arrays of numbers with no reference to the library that fitted
 * them: scoring needs this room and {@code data} only. Pre-processing travels with the model, so
 * serving cannot differ from training.
 *
 * <p>A {@link dev.mlctl.model.Bundle} adds what a reader needs to trust the model: golden rows with
 * their answers, the baseline profile, how its probabilities came true on rows held out ({@link
 * dev.mlctl.model.Calibration}), metrics and provenance. It is one Protobuf message; its identity
 * is the SHA-256 of its bytes. {@link dev.mlctl.model.Bundle#parse} checks every dimension and
 * index, so a predictor never reads outside its arrays whatever the bytes were.
 *
 * <p>Metrics and gates live here because they speak of a model whoever asks: training, deployment
 * and monitoring. An {@link dev.mlctl.model.Evaluation} measures models on labelled rows, slice by
 * slice. This is the only room that may use Protobuf. A new kind of model enters as one message in
 * {@code bundle.proto} and one permitted implementation of {@code Predictor}.
 */
package dev.mlctl.model;
