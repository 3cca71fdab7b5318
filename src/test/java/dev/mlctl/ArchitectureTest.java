package dev.mlctl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rooms of the house and the doors between them. */
@AnalyzeClasses(packages = "dev.mlctl", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  /** Each room, and the rooms it may use. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("error", Set.of()),
          entry("data", Set.of("error")),
          entry("page", Set.of("error", "data")),
          entry("format", Set.of("error", "data")),
          entry("config", Set.of("error")),
          entry("model", Set.of("error", "data")),
          entry("train", Set.of("error", "data", "format", "model", "config", "page")),
          entry("release", Set.of("error", "data", "format", "model", "config")),
          entry("score", Set.of("error", "data", "format", "model", "config")),
          entry("monitor", Set.of("error", "data", "format", "model", "config", "page")),
          entry(
              "cli",
              Set.of(
                  "error", "data", "model", "config", "page", "train", "release", "score",
                  "monitor")));

  /** Each room with a heavy library, and the packages nobody else may use. */
  private static final Map<String, String[]> OWNS =
      Map.of(
          "cli", new String[] {"picocli.."},
          "config", new String[] {"com.fasterxml.jackson..", "org.yaml.snakeyaml.."},
          "format", new String[] {"org.apache.parquet..", "shaded.parquet..", "org.apache.avro.."},
          "model", new String[] {"com.google.protobuf..", "ai.onnxruntime..", "onnx.."},
          "train", new String[] {"smile..", "org.bytedeco.."},
          "release.gs",
              new String[] {
                "com.google.api.client..",
                "com.google.api.services.storage..",
                "com.google.auth..",
                "com.google.cloud.."
              },
          "release.s3", new String[] {"software.amazon.."},
          "release.hdfs", new String[] {"org.apache.hadoop.."},
          "score", new String[] {"org.apache.beam..", "com.google.api.services.dataflow.."});

  @ArchTest
  static void every_room_is_in_the_table(JavaClasses classes) {
    Set<String> rooms =
        classes.stream()
            .map(type -> type.getPackageName().split("\\."))
            .map(names -> names.length < 3 ? "(no room)" : names[2])
            .collect(toCollection(TreeSet::new));
    rooms.removeAll(MAY_USE.keySet());
    assertEquals(Set.of(), rooms, "packages below dev.mlctl that the table of rooms does not name");
  }

  @ArchTest
  static void a_room_uses_only_the_rooms_the_table_gives_it(JavaClasses classes) {
    MAY_USE.forEach(
        (room, used) -> {
          String[] strangers =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(room) && !used.contains(other))
                  .map(ArchitectureTest::inside)
                  .toArray(String[]::new);
          none(resideInAPackage(inside(room)), resideInAnyPackage(strangers)).check(classes);
        });
  }

  @ArchTest
  static void a_heavy_library_is_used_in_one_room_only(JavaClasses classes) {
    OWNS.forEach(
        (room, libraries) ->
            none(not(resideInAPackage(inside(room))), resideInAnyPackage(libraries))
                .check(classes));
  }

  /** They are in jars of their own, which are not on the class path of the program. */
  @ArchTest
  static void clients_of_stores_are_used_by_name_only(JavaClasses classes) {
    DescribedPredicate<JavaClass> clients =
        resideInAnyPackage(inside("release.gs"), inside("release.s3"), inside("release.hdfs"));
    none(not(clients), clients).check(classes);
  }

  @ArchTest
  static void packages_have_no_cycles(JavaClasses classes) {
    slices().matching("dev.mlctl.(**)").should().beFreeOfCycles().check(classes);
  }

  @ArchTest
  static void only_the_console_touches_the_standard_streams(JavaClasses classes) {
    noClasses()
        .that(not(nameMatching("dev\\.mlctl\\.cli\\.Console(\\$.*)?")))
        .should(ACCESS_STANDARD_STREAMS)
        .check(classes);
  }

  @ArchTest
  static void only_main_ends_the_process(JavaClasses classes) {
    noClasses()
        .that(not(nameMatching("dev\\.mlctl\\.cli\\.Main(\\$.*)?")))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(classes);
  }

  @ArchTest
  static void only_prune_deletes_from_a_store(JavaClasses classes) {
    noClasses()
        .that(not(nameMatching("dev\\.mlctl\\.release\\.Pruning(\\$.*)?")))
        .should()
        .callMethodWhere(
            target(owner(assignableTo("dev.mlctl.release.PrunableStore")))
                .and(target(nameMatching("delete(Leftover)?"))))
        .check(classes);
  }

  @ArchTest
  static void java_serialisation_is_not_used(JavaClasses classes) {
    none(
            DescribedPredicate.<JavaClass>alwaysTrue(),
            belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class))
        .check(classes);
  }

  @ArchTest
  static void no_room_is_a_lumber_room(JavaClasses classes) {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..common..",
            "..helper..",
            "..helpers..",
            "..impl..",
            "..misc..",
            "..manager..")
        .check(classes);
  }

  /** A rule that holds for a room with nothing in it, too: rooms are furnished one by one. */
  private static ArchRule none(
      DescribedPredicate<? super JavaClass> from, DescribedPredicate<? super JavaClass> to) {
    return noClasses().that(from).should().dependOnClassesThat(to).allowEmptyShould(true);
  }

  private static String inside(String room) {
    return "dev.mlctl." + room + "..";
  }
}
