package dev.mlctl.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowDigestTest {
  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog, again and again and again ä";

  private static RowDigest digest(List<String> rows) {
    RowDigester digester = new RowDigester();
    for (String row : rows) {
      byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
      digester.add(bytes, 0, bytes.length);
    }
    return digester.digest();
  }

  private static RowDigest digest(String... rows) {
    return digest(List.of(rows));
  }

  private static RowHash hash(byte[] bytes, int start, int end) {
    RowHash hash = new RowHash();
    hash.add(bytes, start, end);
    return hash;
  }

  private static long first(byte[] bytes, int start, int end) {
    return hash(bytes, start, end).first();
  }

  private static long second(byte[] bytes, int start, int end) {
    return hash(bytes, start, end).second();
  }

  /** A row of some length, random and always the same. */
  private static byte[] row(int length) {
    byte[] row = new byte[length];
    new Random(length).nextBytes(row);
    return row;
  }

  private static List<String> rows(int count) {
    Random random = new Random(3);
    List<String> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      rows.add(r % 7 + "," + random.nextInt(1000) + ",text," + random.nextDouble());
    }
    return rows;
  }

  /** Computed by another implementation, in Python. They must never change. */
  @ParameterizedTest
  @CsvSource({
    "0, rows:a747deff497c625ce85f002e4021fb1b",
    "1, rows:a98f88d6c05f800c80b71904d72a6999",
    "2, rows:cd5d02fb1ea22e983aa7babf4fd24e52",
    "3, rows:063f7f2472962ce452417a83e03dced9",
    "4, rows:8fdf3d6fd5ba96c70879eab6b6b1026c",
    "7, rows:1f8f78c2237f03059a958f692ccad961",
    "8, rows:aa7b9f30529eb1b60bd79d20254bc854",
    "15, rows:969013acab026d1b2d1a447bede8efcd",
    "16, rows:1234f2421b62cc25e35f775b5601bb57",
    "17, rows:dcf8405f3d6516575c72c94fe67545f3",
    "31, rows:e5b6ac2da80a9e8316d473eb9d766b1b",
    "32, rows:b90181e678b9cf3cc0d8207175dc31ec",
    "33, rows:5d6d205943d4f6c8afcab7c3b303a30e",
    "73, rows:4aaeb3b2f48bdfaf468bcc056e9b1b3e"
  })
  void the_digest_of_a_row_is_the_same_for_ever(int length, String expected) {
    RowDigester digester = new RowDigester();
    digester.add(TEXT.getBytes(StandardCharsets.UTF_8), 0, length);
    assertEquals(expected, digester.digest().toString());
  }

  /** Lengths from 4 to 7 overlap in what is read, and the length is what tells them apart. */
  @Test
  void no_two_of_many_short_rows_agree() {
    Set<RowDigest> seen = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      assertTrue(seen.add(digest(Integer.toString(i))), "collides: " + i);
    }
  }

  @Test
  void the_digest_of_several_rows_is_the_same_for_ever() {
    assertEquals(
        "rows:121b2dd872a025e97cd4043d6c7b3824",
        digest(TEXT, TEXT.substring(0, 5), TEXT).toString());
    assertEquals("rows:00000000000000000000000000000000", new RowDigester().digest().toString());
  }

  @Test
  void neither_order_nor_division_matters() {
    List<String> rows = rows(500);
    RowDigest whole = digest(rows);
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(5));
    assertEquals(whole, digest(shuffled));
    for (int cut = 0; cut <= rows.size(); cut += 50) {
      RowDigest head = digest(rows.subList(0, cut));
      assertEquals(whole, digest(rows.subList(cut, rows.size())).plus(head));
    }
    assertEquals(whole, whole.plus(RowDigest.NONE));
  }

  @Test
  void a_row_that_is_lost_doubled_or_exchanged_for_another_makes_a_difference() {
    List<String> rows = rows(200);
    Set<RowDigest> seen = new HashSet<>(Set.of(digest(rows)));
    for (int r = 0; r < rows.size(); r++) {
      List<String> changed = new ArrayList<>(rows);
      changed.remove(r);
      assertTrue(seen.add(digest(changed)), "without row " + r);
      changed.add(rows.get((r + 1) % rows.size()));
      assertTrue(seen.add(digest(changed)), "without row " + r + " and with the next one twice");
      changed = new ArrayList<>(rows);
      changed.addAll(Collections.nCopies(2, rows.get(r)));
      assertTrue(seen.add(digest(changed)), "with row " + r + " three times");
    }
  }

  /** What a bug would do to rows, and a sum of plain hashes might not see. */
  @Test
  void values_that_wander_between_rows_and_columns_make_a_difference() {
    assertNotEquals(digest("1,2", "3,4"), digest("1,4", "3,2"));
    assertNotEquals(digest("1,2", "3,4"), digest("2,1", "4,3"));
    assertNotEquals(digest("12,3"), digest("1,23"));
    assertNotEquals(digest("ab", "c"), digest("a", "bc"));
    assertNotEquals(digest(""), RowDigest.NONE);
    Set<RowDigest> seen = new HashSet<>();
    for (int a = 0; a < 100; a++) {
      for (int b = a; b < 100; b++) {
        assertTrue(seen.add(digest(a + ",x", b + ",y")), a + " and " + b);
        assertTrue(a == b || seen.add(digest(b + ",x", a + ",y")), b + " and " + a);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 48, 49, 100, 257})
  void every_bit_changes_half_of_both_lanes(int length) {
    byte[] row = row(length);
    long first = first(row, 0, length);
    long second = second(row, 0, length);
    long changed = 0;
    for (int bit = 0; bit < 8 * length; bit++) {
      byte[] flipped = row.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      int one = Long.bitCount(first ^ first(flipped, 0, length));
      int other = Long.bitCount(second ^ second(flipped, 0, length));
      assertTrue(one > 8 && other > 8, "bit " + bit + " changes " + one + " and " + other);
      changed += one + other;
    }
    assertEquals(64, changed / (8.0 * length), 8 * 6 / Math.sqrt(8.0 * length));
  }

  @Test
  void rows_that_differ_in_length_alone_differ_in_both_lanes() {
    for (byte fill : new byte[] {0, -1, ' '}) {
      byte[] row = new byte[1000];
      Arrays.fill(row, fill);
      Set<Long> hashes = new HashSet<>();
      for (int length = 0; length <= row.length; length++) {
        assertTrue(hashes.add(first(row, 0, length)), "length " + length);
        assertTrue(hashes.add(second(row, 0, length)), "length " + length);
      }
    }
  }

  @Test
  void what_stands_around_a_row_does_not_count() {
    for (int length = 0; length < 70; length++) {
      byte[] row = row(length);
      byte[] among = row(length + 50);
      System.arraycopy(row, 0, among, 23, length);
      assertEquals(first(row, 0, length), first(among, 23, 23 + length));
      assertEquals(second(row, 0, length), second(among, 23, 23 + length));
    }
  }

  /** Each bit of one lane agrees with each bit of the other for about half of the rows. */
  @Test
  void the_lanes_tell_nothing_of_each_other() {
    int count = 1 << 12;
    int[][] agree = new int[Long.SIZE][Long.SIZE];
    for (String row : rows(count)) {
      byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
      long first = first(bytes, 0, bytes.length);
      long second = second(bytes, 0, bytes.length);
      for (int turn = 0; turn < Long.SIZE; turn++) {
        long same = ~(first ^ Long.rotateLeft(second, turn));
        for (int bit = 0; bit < Long.SIZE; bit++) {
          agree[turn][bit] += (int) ((same >>> bit) & 1);
        }
      }
    }
    for (int[] bits : agree) {
      for (int times : bits) {
        assertEquals(count / 2.0, times, 6 * Math.sqrt(count) / 2);
      }
    }
  }

  @Test
  void a_digest_is_read_as_it_is_written() {
    RowDigest digest = digest(rows(10));
    assertEquals(digest, RowDigest.parse(digest.toString()));
    for (String wrong : List.of("", "rows:", "rows:12", "sha256:" + "0".repeat(30))) {
      assertThrows(IllegalArgumentException.class, () -> RowDigest.parse(wrong), wrong);
    }
    String letters = "rows:" + "x".repeat(32);
    assertThrows(IllegalArgumentException.class, () -> RowDigest.parse(letters));
  }
}
