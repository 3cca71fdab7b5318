package dev.mlctl.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mlctl.error.FailureKind;
import dev.mlctl.model.Bundles;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV as ReadFromCsv and WriteToCsv can be told to read and write it. */
@SuppressWarnings("StringConcatToTextBlock") // the escapes are what is tested
final class CsvFormsTest {
  @TempDir Path folder;
  private ScoreRig rig;

  @BeforeEach
  void setUp() {
    rig = new ScoreRig(folder, Bundles.linear(2));
  }

  /** Scores rows whose columns are x0, x1 and t; the prediction is 0.5 + x0 + 2 x1. */
  private String scored(String source, String sink, String input, String... more) {
    rig.write("in.csv", input);
    rig.run(spec(source, sink, more));
    return rig.read("out.csv");
  }

  private ScoreSpec spec(String source, String sink, String... more) {
    String[] lines = new String[3 + more.length];
    lines[0] = "model: m@prod";
    lines[1] = "source: {type: ReadFromCsv, config: {path: in.csv" + source + "}}";
    lines[2] = "sink: {type: WriteToCsv, config: {path: out.csv" + sink + "}}";
    System.arraycopy(more, 0, lines, 3, more.length);
    return rig.yaml(lines).withOverwrite(true);
  }

  @Test
  void comments_are_passed_over_and_leave_no_trace() {
    assertEquals(
        "x0,x1,t,prediction\n1,2,#a,5.5\n3,4,\"#\n# b\",11.5\n",
        scored(
            ", comment: '#'",
            "",
            "# made by hand\nx0,x1,t\n# \"\n1,2,#a\n#,,,,\n3,4,\"#\n# b\"\n# the end"));
  }

  @Test
  void the_names_of_the_columns_can_be_given() {
    assertEquals(
        "x0,t,x1,prediction\n1,a,2,5.5\n3,,4,11.5\n",
        scored(", header: false, columns: [x0, t, x1]", "", "\uFEFF1,a,2\n3,,4\n"));
    assertEquals(
        "t,prediction\na,5.5\n",
        scored(
            ", header: false, columns: [x0, t, x1]", "", "1,a,2\n", "output: {passthrough: [t]}"));
    assertEquals(
        "x0,x1,prediction\n", scored(", header: false, columns: [x0, x1]", "", ""), "no rows");
  }

  @Test
  void the_same_quote_at_both_ends_passes_fields_on_byte_for_byte() {
    assertEquals(
        "x0,x1,t,prediction\n'1',2,'it''s, \"so\"',5.5\n1,2,5' 3,5.5\n1,2,\"a\",5.5\n",
        scored(
            ", quote: \"'\"",
            ", quote: \"'\"",
            "x0,x1,t\n'1',2,'it''s, \"so\"'\n1,2,5' 3\n1,2,\"a\"\n"));
  }

  @Test
  void another_quote_in_the_output_keeps_every_value() {
    assertEquals(
        "x0,x1,t,prediction\n"
            + "1,2,\"it's, \"\"so\"\"\",5.5\n1,2,5' 3,5.5\n1,2,\"\"\"a\"\"\",5.5\n1,2,a,5.5\n"
            + "1,2,,5.5\n1,2,\"x\ny\",5.5\n",
        scored(
            ", quote: \"'\"",
            "",
            "x0,x1,t\n'1',2,'it''s, \"so\"'\n1,2,5' 3\n1,2,\"a\"\n1,2,'a'\n1,2,''\n1,2,'x\ny'\n"));
    assertEquals(
        "x0;x1;t;prediction\n1;2;a,\"b;5.5\n1;2;'c;d';5.5\n1;2;'it''s';5.5\n1;2;'''\"''';5.5\n",
        scored(
            "",
            ", quote: \"'\", delimiter: ;",
            "x0,x1,t\n1,2,\"a,\"\"b\"\n1,2,c;d\n1,2,it's\n1,2,\"'\"\"'\"\n"));
  }

  @Test
  void input_without_quotes_gets_them_where_the_output_needs_them() {
    assertEquals(
        "x0,x1,t,prediction\n1,2,\"\"\"a\",5.5\n1,2,\"b\"\"\",5.5\n1,2,c,5.5\n",
        scored(", quote: ''", "", "x0,x1,t\n1,2,\"a\n1,2,b\"\n1,2,c\n"));
  }

  @Test
  void another_delimiter_keeps_quoted_fields_byte_for_byte() {
    assertEquals(
        "x0;x1;t;prediction\n1;2;\"a;b\";5.5\n1;2;\"c\";5.5\n1;2;5\" d;5.5\n1;2;\"e,f\";5.5\n",
        scored("", ", delimiter: ;", "x0,x1,t\n1,2,a;b\n1,2,\"c\"\n1,2,5\" d\n1,2,\"e,f\"\n"));
  }

  @Test
  void quoted_values_become_numbers_categories_and_json() {
    ScoreRig kinds = new ScoreRig(folder, Bundles.tree());
    kinds.write("in.csv", "# sizes\n'3'|'red'|'5'|\"\n|blue||'it''s'\n");
    kinds.run(
        kinds.yaml(
            "model: m@prod",
            "source: {type: ReadFromCsv, config: {path: in.csv, quote: \"'\", delimiter: '|',"
                + " comment: '#', header: false, columns: [size, colour, 'n', t]}}",
            "sink: {type: WriteToJson, config: {path: out.jsonl}}"));
    kinds.write("plain.csv", "size,colour,n,t\n\"3\",\"red\",\"5\",\"\"\"\"\n,blue,,it's\n");
    kinds.run(kinds.files("plain.jsonl", "plain.csv"));
    assertEquals(kinds.read("plain.jsonl"), kinds.read("out.jsonl"));
  }

  @Test
  void rejected_rows_have_their_lines_counted_with_comments_and_a_dead_letter_of_its_own_form() {
    assertEquals(
        "x0,x1,prediction\n1,2,5.5\n",
        scored(
            ", comment: '%', header: false, columns: [x0, x1]",
            "",
            "% one\n1,2\n% three\n\nbad,5\n'6'\n",
            "dead_letter: {type: WriteToCsv, config: {path: dead.csv, quote: \"'\","
                + " delimiter: ' '}}"));
    assertEquals(
        "source line reason record\n"
            + folder.resolve("in.csv")
            + " 5 'x0: \"bad\" is not a finite number' bad,5\n"
            + folder.resolve("in.csv")
            + " 6 'expected 2 fields, found 1' '''6'''\n",
        rig.read("dead.csv"));
  }

  @Test
  void a_run_with_another_form_is_another_run() {
    String input = "x0,x1,t\n1,2,a\n#3,4,b\n";
    assertEquals(1, runs(input, ", comment: '#'"));
    rig.fails(FailureKind.INPUT, spec("", ""));
    assertEquals(1, runs(input, ", comment: '#', quote: ''"));
  }

  private long runs(String input, String source) {
    rig.write("in.csv", input);
    return rig.run(spec(source, "")).rowsOut();
  }
}
