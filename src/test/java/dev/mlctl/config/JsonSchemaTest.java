package dev.mlctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
  @Test
  void describes_every_shape_as_the_parser_checks_it() {
    assertEquals(
        Resources.text("example.schema.json"),
        Json.pretty(JsonSchema.of("Example", Example.SHAPE)));
  }

  @Test
  void is_the_same_each_time_and_reads_back() {
    String schema = Json.write(JsonSchema.of("Example", Example.SHAPE));
    assertEquals(schema, Json.write(JsonSchema.of("Example", Example.SHAPE)));
    assertEquals(schema, Json.write(Json.read("schema", schema.getBytes(StandardCharsets.UTF_8))));
  }
}
