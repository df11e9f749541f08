package io.millrace.webhooks;

import io.millrace.webhooks.config.WebhooksConfig;
import io.millrace.webhooks.send.AddressPolicy;
import io.millrace.webhooks.send.HttpSender;
import io.millrace.webhooks.send.SecretsFile;
import io.millrace.webhooks.send.SenderOptions;
import io.millrace.webhooks.send.WebhookSender;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Opens senders over HTTP, with the secrets of a file. */
public final class HttpSenderFactory implements WebhookSender.Factory {

  private static final long serialVersionUID = 1L;

  private final SenderOptions options;
  private final String secretsFile;
  private final Duration secretsCheckInterval;
  private final String allowedNetworks;

  public HttpSenderFactory(WebhooksConfig config) {
    options = config.senderOptions();
    secretsFile = config.secrets().file();
    secretsCheckInterval = config.secrets().checkInterval();
    allowedNetworks = config.addresses().allowedNetworks();
  }

  @Override
  public WebhookSender get() {
    return HttpSender.open(
        options,
        SecretsFile.open(Path.of(secretsFile), secretsCheckInterval, System::nanoTime),
        AddressPolicy.allowing(allowedNetworks),
        Clock.systemUTC());
  }
}
