package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mlctl.data.Feature;
import dev.mlctl.data.FeatureType;
import dev.mlctl.data.Latencies;
import dev.mlctl.data.MissingPolicy;
import dev.mlctl.data.NumberProfile;
import dev.mlctl.data.ProfileFormat;
import dev.mlctl.data.RunProfile;
import dev.mlctl.data.UnknownPolicy;
import dev.mlctl.error.Failure;
import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("StringConcatToTextBlock") // the escapes are what is tested
final class ScoringTest {
  @TempDir Path folder;
  private ScoreRig line;
  private ScoreRig kinds;

  @BeforeEach
  void setUp() {
    line = new ScoreRig(folder, Bundles.linear(2));
    kinds = new ScoreRig(folder, Bundles.tree());
  }

  // --- Rows in and out ---------------------------------------------------------------------------

  @Test
  void adds_the_prediction_to_every_row_in_input_order() {
    String out = line.csv("x0,x1\n1,2\n3,4\n-1.5,1e3\n");
    assertEquals("x0,x1,prediction\n1,2,5.5\n3,4,11.5\n-1.5,1e3,1999.0\n", out);
  }

  @Test
  void passes_fields_on_byte_for_byte() {
    String odd = "\"a \"\"q\"\"\nb\", 007 ,5\" pipe,é\u2028,";
    String out = line.csv("x1,x0,n,p,u,e,z\n2,1," + odd + "\n");
    assertEquals("x1,x0,n,p,u,e,z,prediction\n2,1," + odd + ",5.5\n", out);
  }

  @Test
  void understands_a_byte_order_mark_crlf_blank_lines_and_a_last_line_without_an_end() {
    String out = line.csv("\uFEFFx0,x1\r\n1,2\r\n\r\n3,4");
    assertEquals("x0,x1,prediction\n1,2,5.5\n3,4,11.5\n", out);
  }

  @Test
  void a_missing_number_is_imputed_and_null_values_are_missing() {
    line.write("in.csv", "x0;x1\n1;\n;2\nNA;2\n");
    line.run(
        line.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv, delimiter: ';', null_values: [NA]}}",
            "sink: {type: WriteToCsv, config: {path: out.csv}}"));
    assertEquals("x0,x1,prediction\n1,,1.5\n,2,4.5\nNA,2,4.5\n", line.read("out.csv"));
  }

  @Test
  void a_header_alone_gives_a_header_alone() {
    assertEquals("x0,x1,prediction\n", line.csv("x0,x1\n"));
    assertEquals("x1,x0,prediction\n", line.csv("x1,x0"));
  }

  @Test
  void another_delimiter_in_the_output_quotes_what_it_must() {
    line.write("in.csv", "x0,x1,t\n1,2,a;b\n1,2,\"c\"\n");
    line.run(
        line.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv}}",
            "sink: {type: WriteToCsv, config: {path: out.csv, delimiter: ';'}}"));
    assertEquals("x0;x1;t;prediction\n1;2;\"a;b\";5.5\n1;2;\"c\";5.5\n", line.read("out.csv"));
  }

  @Test
  void classes_probabilities_and_release_are_columns_on_request() {
    kinds.write("in.csv", "size,colour,id\n3,red,1\n30,red,2\n30,blue,3\n30,pink,4\n");
    kinds.run(
        kinds.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv}}",
            "sink: {type: WriteToCsv, config: {path: out.csv}}",
            "output: {passthrough: [id], prediction: kind, probabilities: true, release: true}"));
    assertEquals(
        "id,kind,probability_s,\"probability_l,x\",model_release\n"
            + "1,s,0.9,0.1,m@prod#7\n2,s,0.6,0.4,m@prod#7\n3,\"l,x\",0.2,0.8,m@prod#7\n"
            + "4,\"l,x\",0.2,0.8,m@prod#7\n",
        kinds.read("out.csv"));
  }

  @Test
  void nothing_is_passed_on_when_nothing_is_asked_for() {
    line.write("in.csv", "x0,x1\n1,2\n");
    ScoreSpec spec =
        line.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv}}",
            "sink: {type: WriteToCsv, config: {path: out.csv}}",
            "output: {passthrough: none}");
    line.run(spec);
    assertEquals("prediction\n5.5\n", line.read("out.csv"));
  }

  // --- JSON --------------------------------------------------------------------------------------

  @Test
  void json_objects_keep_their_members_as_they_stand() {
    line.write(
        "in.jsonl", "{\"x0\":1.0, \"x1\":2,\"o\":{\"k\":[1, null]} }\n{}\n\n{\"x1\":null}\n");
    line.run(line.files("out.jsonl", "in.jsonl"));
    assertEquals(
        "{\"x0\":1.0, \"x1\":2,\"o\":{\"k\":[1, null]} ,\"prediction\":5.5}\n"
            + "{\"prediction\":0.5}\n{\"x1\":null,\"prediction\":0.5}\n",
        line.read("out.jsonl"));
  }

  @Test
  void chosen_members_are_passed_on_and_absent_ones_stay_absent() {
    line.write("in.jsonl", "{\"x0\":1,\"x1\":2,\"a\":\"\\u00e9\"}\n{\"a\":null,\"x0\":1}\n{}\n");
    line.run(
        line.yaml(
            "model: m@prod",
            "source: {type: ReadFromJson, config: {path: in.jsonl}}",
            "sink: {type: WriteToJson, config: {path: out.jsonl}}",
            "output: {passthrough: [a], release: true}"));
    assertEquals(
        "{\"a\":\"\\u00e9\",\"prediction\":5.5,\"model_release\":\"m@prod#7\"}\n"
            + "{\"a\":null,\"prediction\":1.5,\"model_release\":\"m@prod#7\"}\n"
            + "{\"prediction\":0.5,\"model_release\":\"m@prod#7\"}\n",
        line.read("out.jsonl"));
  }

  @Test
  void csv_becomes_json_with_numbers_as_numbers() {
    line.write("in.csv", "x0,x1,t\n1,2,a\\b\n1,2,\"say \"\"hi\"\"\n\"\n1,2,\n1,2,007\n1,2,\"7\"\n");
    line.run(line.files("out.jsonl", "in.csv"));
    String row = "{\"x0\":1,\"x1\":2,\"t\":%s,\"prediction\":5.5}\n";
    assertEquals(
        row.formatted("\"a\\\\b\"")
            + row.formatted("\"say \\\"hi\\\"\\n\"")
            + row.formatted("null")
            + row.formatted("\"007\"")
            + row.formatted("\"7\""),
        line.read("out.jsonl"));
  }

  @Test
  void json_becomes_csv_with_texts_unescaped() {
    line.write(
        "in.json",
        "{\"x0\":1,\"x1\":2,\"t\":\"a,\\\"b\\\"\"}\n{\"x0\":1,\"x1\":2}\n"
            + "{\"t\":[1,2],\"x0\":1,\"x1\":2}\n{\"t\":null,\"x0\":true,\"x1\":2}\n");
    line.run(
        line.files("out.csv", "in.json")
            .withDeadLetter(new DeadLetter(line.files("dead.jsonl", "in.json").sink(), 1)));
    assertEquals(
        "x0,x1,t,prediction\n1,2,\"a,\"\"b\"\"\",5.5\n1,2,,5.5\n1,2,\"[1,2]\",5.5\n",
        line.read("out.csv"));
    assertTrue(
        line.read("dead.jsonl").contains("\"line\":4,\"reason\":\"x0: \\\"true\\\" is not"),
        line.read("dead.jsonl"));
  }

  @Test
  void an_object_that_has_the_new_member_already_is_rejected() {
    line.write("in.jsonl", "{\"x0\":1,\"x1\":2}\n{\"prediction\":null,\"x0\":1,\"x1\":2}\n");
    assertEquals(
        "1 of 2 rows cannot be scored; nothing was published | set such rows aside with a"
            + " dead_letter, or repair them\n"
            + "the member prediction is there already | in.jsonl:2\n",
        line.fails(FailureKind.INPUT, line.files("out.jsonl", "in.jsonl")));
  }

  @Test
  void no_json_object_at_all_gives_no_row() {
    line.write("in.jsonl", "\n");
    assertEquals(0, line.run(line.files("out.jsonl", "in.jsonl")).rowsIn());
    assertEquals("", line.read("out.jsonl"));
  }

  // --- Parts -------------------------------------------------------------------------------------

  @Test
  void the_size_of_parts_changes_nothing() {
    StringBuilder csv = new StringBuilder("\uFEFFx0,\"t\nu\",x1\r\n");
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      String text = List.of("a", "\"b\nc\"", "\"d\"\"\n\"", "e\"f", "", "é").get(i % 6);
      String number = i % 17 == 3 ? "bad" : Integer.toString(random.nextInt(1000));
      csv.append(number).append(',').append(text).append(',').append(i);
      csv.append(i % 4 == 0 ? "\r\n" : i % 9 == 1 ? "\n\n" : "\n");
    }
    line.write("in.csv", csv.toString());
    ScoreSpec spec =
        line.yaml(
                "model: m@prod",
                "source: {type: ReadFromCsv, config: {path: in.csv}}",
                "sink: {type: WriteToCsv, config: {path: out.csv}}",
                "dead_letter: {type: WriteToJson, config: {path: dead.jsonl}}")
            .withOverwrite(true);
    ScoreSummary whole = line.run(spec);
    String out = line.read("out.csv");
    String dead = line.read("dead.jsonl");
    assertEquals(4, whole.rejected());
    for (long size : new long[] {1, 2, 7, 16, 17, 64, 300, 5000}) {
      line.rangeBytes = size;
      ScoreSummary summary = line.run(spec);
      assertEquals(out, line.read("out.csv"), "parts of " + size);
      assertEquals(dead, line.read("dead.jsonl"), "parts of " + size);
      assertEquals(whole.firstRejected(), summary.firstRejected());
      assertEquals(
          Arrays.toString(((NumberProfile) whole.profile().outputs().get(0)).counts()),
          Arrays.toString(((NumberProfile) summary.profile().outputs().get(0)).counts()));
    }
  }

  @Test
  void files_of_a_glob_are_read_in_the_order_of_their_names_whatever_their_columns_order() {
    line.write("in/b.csv", "x1,x0,id\n2,1,b\n");
    line.write("in/a.csv", "id,x0,x1\na,1,2\n");
    line.write("in/.hidden.csv", "x0,x1,id\n9,9,h\n");
    line.write("c.csv", "x0,x1,id\n3,4,c\n");
    ScoreSummary summary =
        line.run(
            line.yaml(
                "model: m@prod",
                "source: {type: ReadFromCsv, config: {path: [in/*.csv, c.csv, in/a.csv]}}",
                "sink: {type: WriteToCsv, config: {path: new/folder/out.csv}}"));
    assertEquals(3, summary.inputs());
    assertEquals(
        "id,x0,x1,prediction\na,1,2,5.5\nb,1,2,5.5\nc,3,4,11.5\n", line.read("new/folder/out.csv"));
  }

  @Test
  void files_with_different_columns_are_refused_unless_the_columns_are_named() {
    line.write("a.csv", "x0,x1\n1,2\n");
    line.write("b.csv", "x0,x1,more\n1,2,3\n");
    assertEquals(
        "column \"more\" is not in the first file, a.csv | b.csv:1 | set output.passthrough to the"
            + " columns to pass on\n",
        line.fails(FailureKind.INPUT, line.files("out.csv", "a.csv", "b.csv"))
            .replace(folder + "/", ""));
    line.write("c.csv", "x1,x0\n2,1\n");
    ScoreSpec spec =
        line.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: ['?.csv']}}",
            "sink: {type: WriteToCsv, config: {path: out.csv}}",
            "output: {passthrough: [x1]}");
    line.run(spec);
    assertEquals("x1,prediction\n2,5.5\n2,5.5\n2,5.5\n", line.read("out.csv"));
  }

  // --- Streams -----------------------------------------------------------------------------------

  @Test
  void stdin_goes_to_stdout_and_nothing_is_left_behind() throws IOException {
    line.stdin = "x0,x1\n1,2\n";
    ScoreSummary summary = line.run(line.files("-", "-"));
    assertEquals("x0,x1,prediction\n1,2,5.5\n", line.stdout.toString(StandardCharsets.UTF_8));
    assertEquals("-", summary.output());
    assertEquals(List.of(), line.listing());
  }

  @Test
  void a_failed_run_writes_nothing_to_stdout() {
    line.stdin = "x0,x1\n1,2\n1,x\n";
    assertTrue(line.fails(FailureKind.INPUT, line.files("-", "-")).contains("| stdin:3"));
    assertEquals(0, line.stdout.size());
  }

  @Test
  void a_reader_that_goes_away_is_a_storage_failure() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    line.stdin = "x0,x1\n1,2\n";
    ScoreHost host =
        new ScoreHost(
            new java.io.ByteArrayInputStream(line.stdin.getBytes(StandardCharsets.UTF_8)),
            closed,
            ScoreRig.CLOCK,
            new Random(1),
            folder,
            1);
    byte[] bytes = Bundles.linear(2).toBytes();
    ScoredModel model =
        new ScoredModel(
            "m.mlb",
            "",
            java.util.OptionalLong.empty(),
            dev.mlctl.model.Bundle.digest(bytes),
            java.util.Optional.empty(),
            bytes,
            Bundles.linear(2));
    Failure failure =
        assertThrows(
            Failure.class,
            () ->
                new Scoring(line.files("-", "-"), model, host, Waiting.TO_THE_END)
                    .run(dev.mlctl.data.Progress.NONE));
    assertEquals("cannot write to standard output: Broken pipe", failure.getMessage());
  }

  // --- Rows that cannot be scored ----------------------------------------------------------------

  @Test
  void rejected_rows_go_to_the_dead_letter_with_place_reason_and_record() {
    byte[] invalid =
        "x0,x1\n1,2\n1e400,2\nNaN,1\n1\n\"1\"x,2\n3,\u00ff\n3,4\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    line.write("in.csv", invalid);
    ScoreSummary summary =
        line.run(
            line.yaml(
                "model: m@prod",
                "source: {type: ReadFromCsv, config: {path: in.csv}}",
                "sink: {type: WriteToCsv, config: {path: out.csv}}",
                "dead_letter: {type: WriteToJson, config: {path: dead.jsonl}}"));
    String at = "{\"source\":\"" + folder + "/in.csv\",\"line\":";
    assertEquals("x0,x1,prediction\n1,2,5.5\n3,4,11.5\n", line.read("out.csv"));
    assertEquals(
        at
            + "3,\"reason\":\"x0: \\\"1e400\\\" is not a finite number\",\"record\":\"1e400,2\"}\n"
            + at
            + "4,\"reason\":\"x0: \\\"NaN\\\" is not a finite number\",\"record\":\"NaN,1\"}\n"
            + at
            + "5,\"reason\":\"expected 2 fields, found 1\",\"record\":\"1\"}\n"
            + at
            + "6,\"reason\":\"text after a closing quote\",\"record\":\"\\\"1\\\"x,2\"}\n"
            + at
            + "7,\"reason\":\"invalid UTF-8\",\"record\":\"3,\uFFFD\"}\n",
        line.read("dead.jsonl"));
    assertEquals(7, summary.rowsIn());
    assertEquals(2, summary.rowsOut());
    assertEquals(5, summary.rejected());
    assertEquals(2L, summary.reasons().get("x0 is not a finite number"));
  }

  @Test
  void a_dead_letter_can_be_csv_and_is_there_even_when_it_is_empty() {
    line.write("in.csv", "x0,x1\n1,\"a\n\"\n");
    ScoreSpec spec =
        line.yaml(
                "model: m@prod",
                "source: {type: ReadFromCsv, config: {path: in.csv}}",
                "sink: {type: WriteToCsv, config: {path: out.csv}}",
                "dead_letter: {type: WriteToCsv, config: {path: deep/dead.csv}}")
            .withOverwrite(true);
    line.run(spec);
    assertEquals(
        "source,line,reason,record\n"
            + folder
            + "/in.csv,2,\"x1: \"\"a\uFFFD\"\" is not a finite number\",\"1,\"\"a\n\"\"\"\n",
        line.read("deep/dead.csv"));
    line.write("in.csv", "x0,x1\n1,2\n");
    line.run(spec);
    assertEquals("source,line,reason,record\n", line.read("deep/dead.csv"));
  }

  @Test
  void without_a_dead_letter_one_bad_row_fails_the_run_and_is_named() {
    line.write("in.csv", "x0,x1\n1,2\n1,x\n2,\n3,y\n");
    assertEquals(
        "2 of 4 rows cannot be scored; nothing was published | set such rows aside with a"
            + " dead_letter, or repair them\n"
            + "x1: \"x\" is not a finite number | in.csv:3\n"
            + "x1: \"y\" is not a finite number | in.csv:5\n",
        line.fails(FailureKind.INPUT, line.files("out.csv", "in.csv")));
    assertFalse(line.exists("out.csv"));
    assertEquals("failed", line.record.get("status"));
    assertEquals(2L, line.record.get("rows_rejected"));
  }

  @Test
  void too_many_rejected_rows_publish_the_dead_letter_alone() throws IOException {
    line.write("in.csv", "x0,x1\n1,2\n1,x\n2,\n3,y\n");
    String[] yaml = {
      "model: m@prod",
      "source: {type: ReadFromCsv, config: {path: in.csv}}",
      "sink: {type: WriteToCsv, config: {path: out.csv}}",
      "dead_letter: {type: WriteToJson, config: {path: dead.jsonl}, max_ratio: 0.25}"
    };
    assertTrue(
        line.fails(FailureKind.INPUT, line.yaml(yaml))
            .startsWith(
                "2 of 4 rows cannot be scored, more than max_ratio 0.25 allows; the output was not"
                    + " published | the rejected rows are in dead.jsonl\n"));
    assertEquals(List.of("dead.jsonl", "in.csv"), line.listing());
    yaml[3] = yaml[3].replace("0.25", "0.5");
    line.run(line.yaml(yaml).withOverwrite(true));
    assertEquals("x0,x1,prediction\n1,2,5.5\n2,,2.5\n", line.read("out.csv"));
  }

  @Test
  void an_unknown_category_is_rejected_when_the_model_says_so() {
    Feature strict =
        new Feature(
            "colour",
            FeatureType.CATEGORY,
            List.of("red", "green", "blue"),
            MissingPolicy.REJECT,
            UnknownPolicy.REJECT);
    ScoreRig rig = new ScoreRig(folder, Bundles.tree(strict));
    rig.write("in.csv", "size,colour\n3,red\n3,pink\n3,\n");
    String problems = rig.fails(FailureKind.INPUT, rig.files("out.csv", "in.csv"));
    assertTrue(problems.contains("colour: \"pink\" was never seen in training | in.csv:3\n"));
    assertTrue(problems.contains("colour is missing | in.csv:4\n"));
  }

  @Test
  void a_prediction_that_overflows_is_a_rejected_row() {
    line.write("in.csv", "x0,x1\n1e308,1e308\n");
    assertTrue(
        line.fails(FailureKind.INPUT, line.files("out.csv", "in.csv"))
            .contains("the prediction is not a finite number | in.csv:2"));
  }

  // --- Files that cannot be used -----------------------------------------------------------------

  @Test
  void every_missing_column_is_named() {
    line.write("in.csv", "a,b\n1,2\n");
    assertEquals(
        "column \"x0\" is missing | in.csv:1\n"
            + "column \"x1\" is missing | in.csv:1 | the columns are: a, b\n",
        line.fails(FailureKind.INPUT, line.files("out.csv", "in.csv")));
    line.write("in.jsonl", "{\"x0\":1}\n{\"x0\":1}\n");
    assertEquals(
        "column \"x1\" is missing | in.jsonl:1 | the columns are: x0\n",
        line.fails(FailureKind.INPUT, line.files("out.jsonl", "in.jsonl")));
  }

  @Test
  void an_empty_file_an_unclosed_quote_and_a_folder_are_refused() {
    line.write("in.csv", "");
    assertTrue(
        line.fails(FailureKind.INPUT, line.files("out.csv", "in.csv"))
            .startsWith("the file is empty: expected a header line | in.csv"));
    line.write("in.csv", "x0,x1\n1,2\n\n3,\"4\n5,6\n");
    assertTrue(
        line.fails(FailureKind.INPUT, line.files("out.csv", "in.csv"))
            .startsWith("a quote is opened here and never closed | in.csv:4"));
    line.write("sub/in.csv", "x0,x1\n");
    line.write("sub.csv/in.csv", "x0,x1\n");
    assertTrue(
        line.fails(FailureKind.INPUT, line.files("out.csv", "sub.csv"))
            .startsWith("the input is a directory | sub.csv | name its files"));
  }

  @Test
  void an_input_that_is_not_there_is_not_found() {
    assertEquals(
        "no such file | no.csv\n",
        line.fails(FailureKind.NOT_FOUND, line.files("out.csv", "no.csv")));
    assertEquals(
        "no file matches | *.csv\n",
        line.fails(FailureKind.NOT_FOUND, line.files("out.csv", "*.csv")));
  }

  @Test
  void a_column_that_would_be_there_twice_is_refused() {
    line.write("in.csv", "x0,x1,prediction\n1,2,3\n");
    assertEquals(
        "the output would have the column \"prediction\" twice | set output.prediction to another"
            + " name, or list the columns to pass on\n",
        line.fails(FailureKind.USAGE, line.files("out.csv", "in.csv")));
  }

  @Test
  void probabilities_of_a_model_of_numbers_are_refused() {
    line.write("in.csv", "x0,x1\n1,2\n");
    ScoreSpec spec =
        line.files("out.csv", "in.csv")
            .withOutput(new OutputColumns(java.util.Optional.empty(), "p", true, false));
    assertTrue(line.fails(FailureKind.USAGE, spec).contains("predicts numbers"));
  }

  // --- What is recorded --------------------------------------------------------------------------

  @Test
  void the_profile_counts_the_rows_that_were_scored_and_no_others() {
    line.write("in.csv", "x0,x1\n1,2\n1,x\n2,\n-20,0.5\n");
    ScoreSpec spec =
        line.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv}}",
            "sink: {type: WriteToCsv, config: {path: out.csv}}",
            "dead_letter: {type: WriteToJson, config: {path: dead.jsonl}}");
    line.rangeBytes = 1;
    ScoreSummary summary = line.run(spec);
    assertEquals(3, summary.profile().rows());
    NumberProfile x0 = (NumberProfile) summary.profile().features().get(0);
    assertEquals(-20, x0.min());
    assertEquals(2, x0.max());
    assertEquals(1, x0.outOfRange());
    NumberProfile x1 = (NumberProfile) summary.profile().features().get(1);
    assertEquals(1, x1.missing());
    assertEquals(3, x1.count());
    assertEquals(-17.0 / 3, x0.mean(), 1e-12);
    Map<?, ?> kept = (Map<?, ?>) line.record.get("profile");
    ProfileFormat format = new ProfileFormat(summary.profile());
    assertEquals(RunProfile.of(summary.profile()), format.fromMap(kept));
  }

  @Test
  void the_record_says_what_ran_on_what() {
    line.write("in.csv", "x0,x1\n1,2\n");
    ScoreSummary summary = line.run(line.files("out.csv", "in.csv"));
    assertTrue(summary.id().startsWith("20261123T193300.123Z-"), summary.id());
    assertEquals(summary.id(), line.record.get("id"));
    assertEquals("line", line.record.get("model"));
    assertEquals("prod", line.record.get("environment"));
    assertEquals(7L, line.record.get("release"));
    assertEquals("2026-11-23T19:33:00.123Z", line.record.get("started"));
    assertEquals("ok", line.record.get("status"));
    assertEquals(1L, line.record.get("rows_in"));
    assertEquals(List.of(folder + "/in.csv"), line.record.get("source"));
    assertFalse(dev.mlctl.config.Json.write(summary.toMap()).isEmpty());
    assertFalse(dev.mlctl.config.Json.write(line.record).isEmpty());
  }

  @Test
  void the_record_says_how_fast_the_batches_were_scored() {
    line.write("in.csv", "x0,x1\n" + "1,2\n".repeat(5000));
    line.rangeBytes = 1000;
    line.run(line.files("out.csv", "in.csv"));
    Map<?, ?> service = (Map<?, ?>) line.record.get("service");
    long batches = (long) service.get("batches");
    assertTrue(batches >= 20, service.toString());
    assertEquals(batches, Latencies.parse((String) service.get("latency_counts")).count());
    Map<?, ?> latency = (Map<?, ?>) service.get("latency_ms");
    double median = (double) latency.get("p50");
    assertTrue(median > 0 && median <= (double) latency.get("p95"), latency.toString());
    assertTrue((double) latency.get("p95") <= (double) latency.get("p99"), latency.toString());
    assertEquals(7.0, service.get("model_load_ms"));
  }

  @Test
  void values_whose_moments_overflow_can_still_be_recorded() {
    line.write("in.csv", "x0,x1\n1e200,1\n-1e200,1\n");
    line.run(line.files("out.csv", "in.csv"));
    assertFalse(dev.mlctl.config.Json.write(line.record).isEmpty());
  }

  @Test
  void nothing_but_the_output_is_left_in_the_folder() throws IOException {
    line.csv("x0,x1\n1,2\n");
    assertEquals(List.of("in.csv", "out.csv"), line.listing());
    Files.delete(folder.resolve("out.csv"));
    line.write("in.csv", "x0,x1\n1,bad\n");
    line.fails(FailureKind.INPUT, line.files("out.csv", "in.csv"));
    assertEquals(List.of("in.csv"), line.listing());
  }
}
