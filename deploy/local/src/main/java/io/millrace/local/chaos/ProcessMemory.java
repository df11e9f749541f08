package io.millrace.local.chaos;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a Java process holds.
 *
 * @param heapBytes after a full collection
 * @param residentBytes of the whole process; 0 where the system does not tell
 */
record ProcessMemory(long heapBytes, long residentBytes) {

  private static final String RESIDENT = "VmRSS:";

  /** Collects the process' garbage and looks; the process stands still for a moment. */
  static ProcessMemory of(long pid) throws IOException {
    return new ProcessMemory(heap(pid), resident(pid));
  }

  @SuppressWarnings("BanJNDI") // The other end is a process of this scenario's own.
  private static long heap(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      JMXServiceURL address;
      try {
        address = new JMXServiceURL(machine.startLocalManagementAgent());
      } finally {
        machine.detach();
      }
      try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
        MemoryMXBean memory =
            ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(),
                ManagementFactory.MEMORY_MXBEAN_NAME,
                MemoryMXBean.class);
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("Cannot look into process " + pid, e);
    }
  }

  private static long resident(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(RESIDENT))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public String toString() {
    return "heap %,d MB, resident %,d MB".formatted(heapBytes >> 20, residentBytes >> 20);
  }
}
