package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KafkaConfigTest {

  @Test
  void badValuesAreRefusedWithTheirKey() {
    assertThatThrownBy(() -> new KafkaConfig(" ", "g", "p", Duration.ofMinutes(1)))
        .hasMessage("bootstrap-servers: expected host:port[,host:port...], found nothing");
    assertThatThrownBy(() -> new KafkaConfig("h:1", "", "p", Duration.ofMinutes(1)))
        .hasMessage("consumer-group: expected a name, found nothing");
    assertThatThrownBy(() -> new KafkaConfig("h:1", "g", "", Duration.ofMinutes(1)))
        .hasMessage("transactional-id-prefix: expected a name, found nothing");
    assertThatThrownBy(() -> new KafkaConfig("h:1", "g", "p", Duration.ofDays(30)))
        .hasMessage("transaction-timeout: expected 1s to 24d, found PT720H");
  }
}
