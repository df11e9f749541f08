package io.millrace.webhooks.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {

  /** The vector that the standard's own libraries are tested with. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant TIME = Instant.ofEpochSecond(1_614_265_330);
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static final String OTHER = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);

  @Test
  void theSignatureIsTheOneOfTheStandard() {
    assertThat(Signer.of(List.of(SECRET)).sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void everySecretSignsNewestFirst() {
    String[] signatures = Signer.of(List.of(OTHER, SECRET)).sign(ID, TIME, BODY).split(" ");

    assertThat(signatures).hasSize(2);
    assertThat(signatures[0])
        .isEqualTo(Signer.of(List.of(OTHER)).sign(ID, TIME, BODY))
        .isNotEqualTo(SIGNATURE);
    assertThat(signatures[1]).isEqualTo(SIGNATURE);
  }

  @Test
  void idTimeAndBodyAreSigned() {
    Signer signer = Signer.of(List.of(SECRET));
    assertThat(
            List.of(
                signer.sign(ID + "x", TIME, BODY),
                signer.sign(ID, TIME.plusSeconds(1), BODY),
                signer.sign(ID, TIME, BODY + " ")))
        .doesNotContain(SIGNATURE)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_not base64 at all, but long enough"
      })
  void otherSecretsAreRefusedAndNotRepeated(String secret) {
    assertThatThrownBy(() -> Signer.of(List.of(secret)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected secrets of the form whsec_<base64 of 24 to 64 bytes>, found another");
  }

  @Test
  void noSecretIsNoSigner() {
    assertThatThrownBy(() -> Signer.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
