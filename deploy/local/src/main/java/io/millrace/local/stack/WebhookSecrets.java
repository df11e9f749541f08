package io.millrace.local.stack;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The file with the secrets that sign the webhooks of a local stack. */
public final class WebhookSecrets {

  private static final int KEY_BYTES = 32;

  private WebhookSecrets() {}

  /** Writes a file with a new secret for all tenants, for its owner alone, if there is none. */
  public static Path install(Path file) throws IOException {
    if (Files.exists(file)) {
      return file;
    }
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path draft = Path.of(file + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, ownerOnly());
    Files.writeString(
        draft,
        """
        # The secrets that sign the webhooks: see docs/webhooks.md. Changes count within seconds.
        # To rotate, put a new secret before the old one, and take the old one out when all
        # receivers know the new one. 'tenants: {acme: [...]}' gives a tenant secrets of its own.
        default:
          - whsec_%s
        """
            .formatted(Base64.getEncoder().encodeToString(key)));
    Files.move(draft, file);
    return file;
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
