package io.millrace.local.operate;

import io.millrace.local.client.OperatorClient;
import io.millrace.local.client.TrustedCertificates;
import io.millrace.local.stack.AddressFile;
import io.millrace.local.stack.StackAddresses;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which API is meant, and the key to it. */
final class ApiOptions {

  /** A command line can be read by others on the machine. */
  private static final String KEY_VARIABLE = "MILLRACE_API_KEY";

  @Option(
      names = "--api",
      paramLabel = "URL",
      description =
          "The HTTP API. Default: that of the stack that 'millrace up' runs on the data directory."
              + " An API key, where one is needed, is taken from the environment variable "
              + KEY_VARIABLE
              + ".")
  private @Nullable URI api;

  @Option(
      names = "--ca-certificate",
      paramLabel = "FILE.pem",
      description =
          "Certificates of the authority that signed the API's. Default: those that Java trusts.")
  private @Nullable Path caCertificate;

  @Mixin private Workspace workspace = new Workspace();

  /**
   * A client. Logs go to a file from here on.
   *
   * @throws CommandFailedException when no API is named and no stack runs
   */
  OperatorClient client() {
    ProcessSetup.logTo(workspace.log("operate"));
    String key = System.getenv(KEY_VARIABLE);
    return new OperatorClient(address(), key == null || key.isEmpty() ? null : key, trust());
  }

  private @Nullable SSLContext trust() {
    try {
      return caCertificate == null ? null : TrustedCertificates.of(caCertificate);
    } catch (IOException e) {
      throw new CommandFailedException("--ca-certificate: " + e, e);
    }
  }

  private URI address() {
    if (api != null) {
      if (api.getHost() == null || api.getScheme() == null || !api.getScheme().matches("https?")) {
        throw new CommandFailedException(
            "--api: expected a URL like http://localhost:8080, found " + api);
      }
      return api;
    }
    return AddressFile.read(workspace.root())
        .map(StackAddresses::api)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "No stack runs on the data directory %s. Start one with: millrace up; or name"
                            .formatted(workspace.root())
                        + " an API with --api http://host:port"));
  }
}
