package io.millrace.ingress.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What is read from JSON and shown as JSON again is the same. */
final class TensorRoundTripPropertyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final InferenceRequestReader reader =
      new InferenceRequestReader(
          new ProtocolLimits(1_048_576, 64, 1_000, 65_536, false), Clock.systemUTC());

  private Tensor read(Datatype datatype, List<?> data) throws Exception {
    Map<String, Object> input =
        Map.of(
            "name", "x", "datatype", datatype.name(), "shape", List.of(data.size()), "data", data);
    byte[] body =
        JSON.writeValueAsString(Map.of("inputs", List.of(input))).getBytes(StandardCharsets.UTF_8);
    return reader.read(body).inputs().get(0);
  }

  @Property(tries = 200)
  void texts(@ForAll @Size(max = 20) List<String> values) throws Exception {
    List<String> unicode = values.stream().filter(Json::isUnicode).toList();
    Tensor tensor = read(Datatype.BYTES, unicode);
    assertThat(Tensors.strings(tensor)).isEqualTo(unicode);
    assertThat(TensorView.of(tensor).data()).isEqualTo(unicode);
  }

  @Property(tries = 200)
  void longs(@ForAll @Size(max = 50) List<Long> values) throws Exception {
    assertThat(TensorView.of(read(Datatype.INT64, values)).data()).isEqualTo(values);
  }

  @Property(tries = 200)
  void floats(@ForAll("finiteFloats") List<Float> values) throws Exception {
    assertThat(TensorView.of(read(Datatype.FP32, values)).data()).isEqualTo(values);
  }

  @Property(tries = 200)
  void doubles(@ForAll @Size(max = 50) List<Double> values) throws Exception {
    assertThat(TensorView.of(read(Datatype.FP64, values)).data()).isEqualTo(values);
  }

  @Property(tries = 200)
  void unsigned(@ForAll("unsigned") List<Integer> values) throws Exception {
    Tensor tensor = read(Datatype.UINT16, values);
    assertThat(TensorView.of(tensor).data()).isEqualTo(values);
    Tensors.validate(tensor);
  }

  @Provide
  Arbitrary<List<Float>> finiteFloats() {
    return Arbitraries.integers()
        .map(Float::intBitsToFloat)
        .filter(Float::isFinite)
        .list()
        .ofMaxSize(50);
  }

  @Provide
  Arbitrary<List<Integer>> unsigned() {
    return Arbitraries.integers().between(0, 65_535).list().ofMaxSize(50);
  }
}
