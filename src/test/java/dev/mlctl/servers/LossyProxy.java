package dev.mlctl.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A network between a client and a server on the loopback interface that loses what it is told to.
 * It knows nothing of protocols: a request that matters is one whose bytes hold a text.
 */
public final class LossyProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int upstream;
  private final String marker;
  private final Queue<Loss> plan = new ConcurrentLinkedQueue<>();

  /** What is lost. */
  public enum Loss {
    /** The request, which the server never sees, and the connection with it. */
    REQUEST,
    /** The reply, and the connection with it: the server has done what it was asked to. */
    REPLY,
    /** The reply, while the connection stays open: nothing ever comes. */
    SILENCE
  }

  private LossyProxy(int upstream, String marker) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.upstream = upstream;
    this.marker = marker;
    background(this::accept);
  }

  /**
   * Starts one that loses nothing yet.
   *
   * @param upstream the server's port
   * @param marker what tells the requests that may be lost
   */
  public static LossyProxy start(int upstream, String marker) throws IOException {
    return new LossyProxy(upstream, marker);
  }

  /** Loses one more of the requests to come, after those planned before. */
  public void lose(Loss loss) {
    plan.add(loss);
  }

  /** True when everything that was to be lost has been. */
  public boolean isDone() {
    return plan.isEmpty();
  }

  /** The port it listens at. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Connection connection = new Connection(server.accept());
      background(connection::forth);
      background(connection::back);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void background(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A connection that ended.
              }
            },
            "lossy-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** A client's connection and the one to the server that goes with it. */
  private final class Connection {
    private final Socket client;
    private final Socket target;
    private volatile Loss ofReply;

    Connection(Socket client) throws IOException {
      this.client = client;
      this.target = new Socket(InetAddress.getLoopbackAddress(), upstream);
      client.setTcpNoDelay(true);
      target.setTcpNoDelay(true);
    }

    void forth() throws IOException {
      try (client;
          target) {
        InputStream in = client.getInputStream();
        OutputStream out = target.getOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
          Loss loss = text.contains(marker) ? plan.poll() : null;
          if (loss == Loss.REQUEST) {
            return;
          }
          ofReply = loss == null ? ofReply : loss;
          out.write(buffer, 0, count);
        }
      }
    }

    void back() throws IOException {
      try (client;
          target) {
        InputStream in = target.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          if (ofReply == Loss.REPLY) {
            return;
          } else if (ofReply != Loss.SILENCE) {
            out.write(buffer, 0, count);
          }
        }
      }
    }
  }
}
