package dev.podium.localcloud.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// A TCP connection over which nothing sensible is said.
public final class RawConnection {

  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(8).toMillis());

  private RawConnection() {}

  /// Sends the pieces and listens.
  ///
  /// @return whether the server closed the connection, after whatever it had to say
  public static boolean closes(int port, byte[]... pieces) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      for (byte[] piece : pieces) {
        out.write(piece);
        out.flush();
      }
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (SocketException reset) {
      return true;
    } catch (IOException e) {
      throw new AssertionError("The connection to port " + port + " failed", e);
    }
  }
}
