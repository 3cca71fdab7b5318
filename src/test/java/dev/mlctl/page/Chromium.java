package dev.mlctl.page;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.mlctl.config.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Debian's browser without a window, told what to do by the Chrome DevTools Protocol over a
 * WebSocket on the loopback interface. It opens one page after another and keeps what the page
 * wrote to the console and all that was asked of the network. Not thread-safe.
 */
public final class Chromium implements AutoCloseable {
  private static final int PATIENCE = 60;
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<Map<String, Object>> messages = new LinkedBlockingQueue<>();
  private final List<String> console = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String session;
  private boolean loaded;
  private long last;

  private Chromium(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  /** Whether the browser is on this machine. */
  public static boolean isHere() throws InterruptedException {
    try {
      Process asked =
          new ProcessBuilder("chromium", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return asked.waitFor(PATIENCE, SECONDS) && asked.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Starts the browser.
   *
   * @param profile a new folder of its own
   */
  public static Chromium in(Path profile) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TMPDIR", Files.createDirectories(profile).toString());
    Process process = builder.start();
    try {
      BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        if (line.startsWith(LISTENING)) {
          drain(errors);
          Chromium browser =
              new Chromium(process, URI.create(line.substring(LISTENING.length()).strip()));
          browser.attach();
          return browser;
        }
      }
      throw new IOException("chromium ended before it listened");
    } catch (IOException | RuntimeException e) {
      end(process);
      throw e;
    }
  }

  /** A pipe that nobody reads would stop the browser. */
  private static void drain(BufferedReader errors) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (errors.readLine() != null) {
                  // Complaints about graphics cards and message buses that are not there.
                }
              } catch (IOException e) {
                // The browser has ended.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void attach() {
    Object target = call("Target.createTarget", Map.of("url", "about:blank")).get("targetId");
    session =
        (String)
            call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId");
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Opens a file and waits until it is shown; forgets what earlier pages did. */
  public void open(Path file, int width, boolean dark) {
    screen(width);
    String scheme = dark ? "dark" : "light";
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    console.clear();
    requests.clear();
    loaded = false;
    call("Page.navigate", Map.of("url", file.toUri().toString()));
    while (!loaded) {
      take();
    }
  }

  private void screen(int width) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** What an expression in the page's own language gives: a number, a text, a list … */
  public Object evaluate(String expression) {
    Map<String, Object> answer =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.containsKey("exceptionDetails")) {
      throw new IllegalArgumentException(answer.toString());
    }
    return object(answer.get("result")).get("value");
  }

  /** What was written to the console, errors and warnings of the browser included. */
  public List<String> console() {
    evaluate("0");
    return List.copyOf(console);
  }

  /** The addresses that were asked for, the page's own first. */
  public List<String> requests() {
    evaluate("0");
    return List.copyOf(requests);
  }

  /** The whole page as a PNG. */
  public byte[] screenshot() {
    Map<String, Object> shot = Map.of("format", "png", "captureBeyondViewport", true);
    return Base64.getDecoder().decode((String) call("Page.captureScreenshot", shot).get("data"));
  }

  /** The page as a PDF on A4. */
  public byte[] print() {
    Map<String, Object> paper =
        Map.of("paperWidth", 8.27, "paperHeight", 11.69, "preferCSSPageSize", true);
    return Base64.getDecoder().decode((String) call("Page.printToPDF", paper).get("data"));
  }

  private Map<String, Object> call(String method, Map<String, Object> parameters) {
    long id = ++last;
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(Json.write(message), true).join();
    while (true) {
      Map<String, Object> answer = take();
      if (answer.get("id") instanceof Long answered && answered == id) {
        if (answer.containsKey("error")) {
          throw new IllegalStateException(method + ": " + answer.get("error"));
        }
        return object(answer.get("result"));
      }
    }
  }

  private Map<String, Object> take() {
    try {
      Map<String, Object> message = messages.poll(PATIENCE, SECONDS);
      if (message == null) {
        throw new IllegalStateException("chromium does not answer");
      }
      if (message.get("method") instanceof String event) {
        note(event, object(message.get("params")));
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void note(String event, Map<String, Object> details) {
    switch (event) {
      case "Page.loadEventFired" -> loaded = true;
      case "Network.requestWillBeSent" ->
          requests.add((String) object(details.get("request")).get("url"));
      case "Log.entryAdded" -> console.add((String) object(details.get("entry")).get("text"));
      case "Runtime.consoleAPICalled", "Runtime.exceptionThrown" -> console.add(details.toString());
      default -> {}
    }
  }

  @SuppressWarnings("unchecked") // read makes maps with text keys only
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @Override
  public void close() {
    socket.abort();
    end(process);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE, SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts messages together from their parts. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        byte[] whole = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        messages.add(Json.readObject("chromium", whole));
      }
      from.request(1);
      return null;
    }
  }

  /** Pictures of a page to be looked at: {@code Chromium PAGE FOLDER}. */
  public static void main(String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    try (Chromium browser = in(Files.createTempDirectory("chromium"))) {
      for (int width : new int[] {1280, 390}) {
        for (boolean dark : new boolean[] {false, true}) {
          browser.open(Path.of(arguments[0]), width, dark);
          String name = width + (dark ? "-dark" : "-light") + ".png";
          Files.write(folder.resolve(name), browser.screenshot());
        }
      }
      Files.write(folder.resolve("print.pdf"), browser.print());
    }
  }
}
