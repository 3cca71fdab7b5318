package dev.mlctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {
  private static final Style PLAIN = new Style(false);

  @Test
  void notes_stay_beside_their_rows_where_a_terminal_is_wide_enough() {
    Table table = new Table("NAME", ">ROWS", "NOTE").row("a", 7, "short").row("b", 1000, "");
    assertEquals("NAME  ROWS  NOTE\na        7  short\nb     1000\n", table.renderWithNotes(PLAIN));
  }

  @Test
  void notes_go_below_their_rows_when_a_line_would_be_wider_than_a_terminal() {
    String note = "n".repeat(69);
    assertEquals(
        "NAME  ROWS\na        7\n      " + note + "\nb     1000\n",
        new Table("NAME", ">ROWS", "NOTE")
            .row("a", 7, note)
            .row("b", 1000, "")
            .renderWithNotes(PLAIN));
  }

  @Test
  void a_line_of_eighty_characters_fits() {
    String note = "n".repeat(68);
    assertEquals(
        80,
        new Table("NAME", ">ROWS", "NOTE")
            .row("a", 7, note)
            .renderWithNotes(PLAIN)
            .lines()
            .mapToInt(String::length)
            .max()
            .orElse(0));
  }
}
