package io.millrace.ingress.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.Violation;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies as clients of the binary tensor data extension write them. */
final class BinaryTensorTest {

  private final InferenceRequestReader reader =
      new InferenceRequestReader(
          new ProtocolLimits(65_536, 8, 1_000, 64, false), Clock.systemUTC());

  private ProtocolRequest read(String json, String hex) {
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head);
    body.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    return reader.readProtocol(body.toByteArray(), head.length);
  }

  private List<Violation> violations(String json, String hex) {
    return catchThrowableOfType(ProblemException.class, () -> read(json, hex)).violations();
  }

  private static String hex(Tensor tensor) {
    byte[] raw = new byte[tensor.getData().remaining()];
    tensor.getData().duplicate().get(raw);
    return HexFormat.of().formatHex(raw);
  }

  /** The example of the extension's text, with the bytes that it leaves out. */
  @Test
  void exampleOfTheExtensionIsUnderstood() {
    // When
    ProtocolRequest read =
        read(
            """
            {
              "model_name" : "mymodel",
              "inputs" : [
                {
                  "name" : "input0",
                  "shape" : [ 2, 2 ],
                  "datatype" : "UINT32",
                  "parameters" : {
                    "binary_data_size" : 16
                  }
                },
                {
                  "name" : "input1",
                  "shape" : [ 3 ],
                  "datatype" : "BOOL",
                  "parameters" : {
                    "binary_data_size" : 3
                  }
                }
              ],
              "outputs" : [
                {
                  "name" : "output0",
                  "parameters" : {
                    "binary_data" : true
                  }
                }
              ]
            }
            """,
            "01000000 02000000 03000000 ffffffff 010001");

    // Then
    List<Tensor> inputs = read.request().inputs();
    assertThat(inputs).extracting(Tensor::getName).containsExactly("input0", "input1");
    assertThat(inputs.get(0).getDatatype()).isEqualTo(Datatype.UINT32);
    assertThat(inputs.get(0).getShape()).containsExactly(2L, 2L);
    assertThat(hex(inputs.get(0))).isEqualTo("010000000200000003000000ffffffff");
    assertThat(hex(inputs.get(1))).isEqualTo("010001");
    assertThat(read.request().outputs()).containsExactly("output0");
    assertThat(read.binaryOutputs().wanted("output0")).isTrue();
    assertThat(read.binaryOutputs().wanted("output1")).isFalse();
  }

  @Test
  void textsHaveTheirLengthsBeforeThem() throws InvalidTensorException {
    // When
    ProtocolRequest read =
        read(
            "{\"id\":\"42\",\"inputs\":[{\"name\":\"text\",\"shape\":[2],\"datatype\":\"BYTES\","
                + "\"parameters\":{\"binary_data_size\":14}}],"
                + "\"parameters\":{\"binary_data_output\":true,\"top_k\":3}}",
            "03000000 68656a 03000000 e282ac");

    // Then
    assertThat(read.id()).isEqualTo("42");
    assertThat(Tensors.strings(read.request().inputs().get(0))).containsExactly("hej", "€");
    assertThat(read.binaryOutputs().wanted("label")).isTrue();
    // What says how the answer is written is no parameter of the model.
    assertThat(read.request().parameters()).isEqualTo(Map.of("top_k", 3L));
  }

  @Test
  void jsonAndBinaryInputsAreMixed() {
    // When
    ProtocolRequest read =
        read(
            "{\"inputs\":["
                + "{\"name\":\"a\",\"shape\":[1],\"datatype\":\"FP16\","
                + "\"parameters\":{\"binary_data_size\":2}},"
                + "{\"name\":\"b\",\"shape\":[2],\"datatype\":\"UINT8\",\"data\":[7,8]},"
                + "{\"parameters\":{\"binary_data_size\":4},\"name\":\"c\",\"shape\":[1],"
                + "\"datatype\":\"FP32\"}],"
                + "\"outputs\":[{\"name\":\"x\",\"parameters\":{\"binary_data\":false}},"
                + "{\"name\":\"y\"}],\"parameters\":{\"binary_data_output\":true}}",
            "003c 0000803f");

    // Then
    List<Tensor> inputs = read.request().inputs();
    assertThat(inputs)
        .extracting(BinaryTensorTest::hex)
        .containsExactly("003c", "0708", "0000803f");
    assertThat(read.binaryOutputs().wanted("x")).isFalse();
    assertThat(read.binaryOutputs().wanted("y")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UINT32 | [1]    | 3                   | 000000   | no multiple of the 4 bytes",
        "UINT32 | [2]    | 4                   | 00000000 | has shape [2] but 1 elements",
        "UINT32 | [1]    | 8                   | 00000000 | at most the 4 bytes that are left",
        "UINT32 | [1]    | 4294967300          | 00000000 | at most the 4 bytes that are left",
        "UINT32 | [1]    | 9223372036854775807 | 00000000 | at most the 4 bytes that are left",
        "UINT32 | [1]    | -4                  | 00000000 | an integer of at least 0",
        "UINT32 | [1]    | 4.0                 | 00000000 | an integer of at least 0",
        "UINT32 | [1]    | \"4\"               | 00000000 | an integer of at least 0",
        "UINT32 | [1]    | true                | 00000000 | an integer of at least 0",
        "BYTES  | [1]    | 4                   | ffffffff | an element longer than its data",
        "BYTES  | [1]    | 4                   | 05000000 | an element longer than its data",
        "BYTES  | [1]    | 3                   | 000000   | ends inside the length",
        "BYTES  | [1]    | 0                   | ''       | has shape [1] but 0 elements"
      })
  void sizesThatDoNotFitAreRefused(
      String datatype, String shape, String size, String hex, String detail) {
    // When
    List<Violation> found =
        violations(
            "{\"inputs\":[{\"name\":\"x\",\"shape\":%s,\"datatype\":\"%s\",\"parameters\":{\"binary_data_size\":%s}}]}"
                .formatted(shape, datatype, size),
            hex);

    // Then
    assertThat(found)
        .first()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo("/inputs/0/parameters/binary_data_size");
              assertThat(violation.detail()).contains(detail);
            });
  }

  @Test
  void shapeOfMoreElementsThanAllowedIsRefused() {
    assertThat(
            violations(
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2147483647,2147483647,2147483647],"
                    + "\"datatype\":\"UINT8\",\"parameters\":{\"binary_data_size\":1}}]}",
                "00"))
        .containsExactly(
            new Violation("/inputs/0/shape", "expected a shape of at most 1000 elements"));
  }

  @Test
  void textLongerThanAllowedIsRefused() {
    assertThat(
            violations(
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"BYTES\","
                    + "\"parameters\":{\"binary_data_size\":69}}]}",
                "41000000" + "61".repeat(65)))
        .containsExactly(
            new Violation(
                "/inputs/0/parameters/binary_data_size", "expected elements of at most 64 bytes"));
  }

  @Test
  void dataThatNoInputTakesIsRefused() {
    assertThat(
            violations(
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"UINT8\","
                    + "\"parameters\":{\"binary_data_size\":1}}]}",
                "000102"))
        .containsExactly(
            new Violation(
                "",
                "expected as much binary data as the inputs' binary_data_size say, found 2 bytes"
                    + " more"));
  }

  @Test
  void dataInBothPlacesIsRefused() {
    assertThat(
            violations(
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"UINT8\",\"data\":[1],"
                    + "\"parameters\":{\"binary_data_size\":1}}]}",
                "00"))
        .containsExactly(
            new Violation("/inputs/0/data", "expected no data beside a binary_data_size"));
  }

  @Test
  void halfPrecisionHasNoFormInJson() {
    assertThat(
            violations(
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP16\",\"data\":[1]}]}",
                ""))
        .containsExactly(
            new Violation(
                "/inputs/0/datatype",
                "FP16 has no form in the protocol's JSON, expected FP32, or binary data"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"parameters\":{\"binary_data_output\":1} | /parameters/binary_data_output",
        "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":\"true\"}}] |"
            + " /outputs/0/parameters/binary_data",
        "\"modelname\":\"m\" | /modelname"
      })
  void wishesOfAnotherFormAreRefused(String member, String pointer) {
    assertThat(
            violations(
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"UINT8\",\"data\":[1]}],"
                    + member
                    + "}",
                ""))
        .extracting(Violation::pointer)
        .containsExactly(pointer);
  }
}
