package dev.mlctl.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A receiver of webhooks on loopback that answers well or badly, by sockets alone. */
final class Receiver implements Closeable {
  private static final char[] PASSWORD = "receiver".toCharArray();

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What was sent; header names in lower case. */
  record Request(Map<String, String> headers, byte[] body) {}

  /** How it answers the nth request, from 1. */
  interface Behaviour {
    void answer(int nth, OutputStream out, CountDownLatch closed)
        throws IOException, InterruptedException;
  }

  private Receiver(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
    start(this::accept);
  }

  static Receiver plain(Behaviour behaviour) throws IOException {
    return new Receiver(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
  }

  /** With a certificate that it made for itself. */
  static Receiver untrusted(Behaviour behaviour) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Receiver.class.getResourceAsStream("receiver.p12")) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return new Receiver(
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        behaviour);
  }

  /** One of the behaviours that a table names. */
  static Behaviour named(String name, int otherPort) {
    return switch (name) {
      case "ok" -> status("204 No Content");
      case "refusing" -> status("403 Forbidden");
      case "failing" -> status("500 Internal Server Error");
      case "busy" ->
          (nth, out, closed) ->
              status(nth == 1 ? "429 Too Many Requests" : "202 Accepted").answer(nth, out, closed);
      case "away" ->
          (nth, out, closed) ->
              status(nth <= 2 ? "503 Service Unavailable" : "202 Accepted")
                  .answer(nth, out, closed);
      case "redirecting" ->
          (nth, out, closed) ->
              write(
                  out,
                  "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
                      .formatted(otherPort));
      case "silent" -> (nth, out, closed) -> closed.await();
      case "dripping" -> (nth, out, closed) -> drip(out, closed, "HTTP/1.1 200 OK\r\nX-Long: ");
      case "dripping-body" ->
          (nth, out, closed) ->
              drip(out, closed, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
      case "endless" -> (nth, out, closed) -> endless(out);
      case "breaking" -> (nth, out, closed) -> {};
      case "babbling" -> (nth, out, closed) -> write(out, "220 mail.example ESMTP\r\n\r\n");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Behaviour status(String line) {
    return (nth, out, closed) ->
        write(out, "HTTP/1.1 " + line + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  private static void drip(OutputStream out, CountDownLatch closed, String start)
      throws IOException, InterruptedException {
    write(out, start);
    while (!closed.await(50, TimeUnit.MILLISECONDS)) {
      write(out, "x");
    }
  }

  /** Ends when the other side closes, and only then. */
  private static void endless(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
    while (true) {
      write(out, chunk);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  int port() {
    return server.getLocalPort();
  }

  List<Request> requests() {
    return requests;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      requests.add(read(socket.getInputStream()));
      behaviour.answer(requests.size(), socket.getOutputStream(), closed);
    } catch (IOException e) {
      return; // the other side has gone: that is what some tests are about
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed within the head");
      }
      head.write(next);
    }
    Map<String, String> headers = new TreeMap<>();
    head.toString(StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> line.contains(": "))
        .map(line -> line.split(": ", 2))
        .forEach(pair -> headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]));
    return new Request(
        headers, in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  /** From then on nobody is at its port. */
  void stop() throws IOException {
    closed.countDown();
    server.close();
  }
}
