package dev.mlctl.score;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whether a host is this machine. */
final class Loopback {
  private Loopback() {}

  static boolean is(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
