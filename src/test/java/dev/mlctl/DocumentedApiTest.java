package dev.mlctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public type and method has a comment. doclint could say so as well, but only together with
 * a demand for a tag on each parameter, which makes good comments longer and not better.
 */
final class DocumentedApiTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void every_public_type_and_method_has_a_comment() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
      UndocumentedApi undocumented = new UndocumentedApi(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        undocumented.scan(unit, null);
      }
      assertEquals("", String.join("\n", undocumented.places));
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> paths = Files.walk(SOURCES)) {
      return paths.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static final class UndocumentedApi extends TreePathScanner<Void, Void> {
    private final List<String> places = new ArrayList<>();
    private final DocTrees trees;

    UndocumentedApi(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!type.getSimpleName().isEmpty() && isPublic(type.getModifiers().getFlags())) {
        require(type, type.getSimpleName().toString());
        super.visitClass(type, null);
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean inherited =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.toString().startsWith("@Override"));
      boolean constructor = method.getReturnType() == null;
      if (!inherited && !constructor && isPublic(method.getModifiers().getFlags())) {
        require(method, method.getName().toString());
      }
      return null; // what is declared inside a method is nobody else's business
    }

    private boolean isPublic(Iterable<Modifier> flags) {
      for (Modifier flag : flags) {
        if (flag == Modifier.PUBLIC) {
          return true;
        }
        if (flag == Modifier.PRIVATE) {
          return false;
        }
      }
      TreePath parent = getCurrentPath().getParentPath();
      return parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private void require(Tree member, String name) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment == null) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        long start = trees.getSourcePositions().getStartPosition(unit, member);
        places.add(
            "%s:%d: %s has no comment"
                .formatted(
                    Path.of(unit.getSourceFile().toUri()).getFileName(),
                    unit.getLineMap().getLineNumber(start),
                    name));
      }
    }
  }
}
