package io.millrace.ingress.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TensorViewTest {

  private static TensorView view(Datatype datatype, long elements, String hex) {
    ByteBuffer data = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    return TensorView.of(new Tensor("y", datatype, List.of(elements), data));
  }

  @ParameterizedTest
  @CsvSource({
    "BOOL, 00, false",
    "UINT8, ff, 255",
    "UINT16, ffff, 65535",
    "UINT32, ffffffff, 4294967295",
    "INT8, ff, -1",
    "INT16, ffff, -1",
    "INT32, ffffffff, -1",
    "INT64, ffffffffffffffff, -1",
    "FP32, 0000c03f, 1.5",
    "FP64, 000000000000f83f, 1.5",
    "FP16, 003c, 1.0",
    "FP16, 00c0, -2.0",
    "FP16, ff7b, 65504.0",
    "FP16, 0100, 5.9604645E-8",
    "FP16, 0080, -0.0"
  })
  void elementsAreShownAsValues(Datatype datatype, String hex, String expected) {
    assertThat(view(datatype, 1, hex).data().get(0)).hasToString(expected);
  }

  @Test
  void largestUnsignedNumberKeepsItsValue() {
    assertThat(view(Datatype.UINT64, 1, "ffffffffffffffff").data())
        .isEqualTo(List.of(new BigInteger("18446744073709551615")));
  }

  @Test
  void dataThatDoesNotFitItsShapeIsRefused() {
    assertThatThrownBy(() -> view(Datatype.FP32, 2, "0000c03f"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shape [2] but 1 elements");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    assertThatThrownBy(() -> view(Datatype.BYTES, 1, "0200000068c3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not valid UTF-8");
  }
}
