package io.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.terminal.CommandFailedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void namesATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort(), "the API", "--port"))
          .isInstanceOf(CommandFailedException.class)
          .hasMessage(
              "Port %d for the API is taken. Stop what uses it, or choose another with --port"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void aFreePortIsFine() {
    assertThatCode(() -> Ports.requireFree(0, "the API", "--port")).doesNotThrowAnyException();
    assertThatCode(() -> Ports.requireFree(Ports.anyFree(), "the API", "--port"))
        .doesNotThrowAnyException();
  }
}
