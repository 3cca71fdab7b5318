package dev.mlctl.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Deploys different bundles one after the other, for tests that need processes: {@code REGISTRY
 * ACKNOWLEDGED NAME COUNT}. Appends the number of every release to the file of acknowledgements.
 */
final class DeployMain {
  private DeployMain() {}

  public static void main(String[] arguments) throws IOException {
    SecureRandom random = new SecureRandom();
    Releases releases =
        new Releases(
            Registry.open(arguments[0]),
            new Who(arguments[2], "", ""),
            Clock.systemUTC(),
            random,
            TestBundles.READER,
            Pause.jittered(random));
    Path acknowledged = Path.of(arguments[1]);
    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
      Deployed deployed = Registries.deploy(releases, arguments[2] + "-" + i);
      String line = deployed.release().number() + " " + deployed.release().operation() + "\n";
      Files.writeString(
          acknowledged,
          line,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
