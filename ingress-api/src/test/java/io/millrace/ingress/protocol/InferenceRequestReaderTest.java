package io.millrace.ingress.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.problem.Violation;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Tensor;
import io.millrace.schemas.avro.Webhook;
import io.millrace.schemas.avro.WebhookEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InferenceRequestReaderTest {

  private final InferenceRequestReader reader =
      new InferenceRequestReader(
          new ProtocolLimits(65_536, 4, 10_000, 1_000, false),
          Clock.fixed(Instant.parse("2026-11-22T10:15:30Z"), ZoneOffset.UTC));

  private InferenceRequest read(String body) {
    return reader.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String tensor(String datatype, String shape, String data) {
    return "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}]}"
        .formatted(datatype, shape, data);
  }

  private Tensor first(String body) {
    return read(body).inputs().get(0);
  }

  private List<Violation> violations(String body) {
    ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body));
    assertThat(problem).as(body).isNotNull();
    assertThat(problem.type()).as(problem.getMessage()).isEqualTo(ProblemType.INVALID_REQUEST);
    return problem.violations();
  }

  private static String hex(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "BOOL;   [true,false];                                 0100",
        "UINT8;  [0,255];                                      00ff",
        "UINT16; [1,65535];                                    0100ffff",
        "UINT32; [1,4294967295];                               01000000ffffffff",
        "UINT64; [1,18446744073709551615];                     0100000000000000ffffffffffffffff",
        "INT8;   [-128,127];                                   807f",
        "INT16;  [-32768,32767];                               0080ff7f",
        "INT32;  [-2147483648,2147483647];                     00000080ffffff7f",
        "INT64;  [-9223372036854775808,9223372036854775807];   0000000000000080ffffffffffffff7f",
        "FP32;   [1,-0.5];                                     0000803f000000bf",
        "FP64;   [1,-0.5];                                     000000000000f03f000000000000e0bf",
        "BYTES;  ['a','\u00fc'];                               010000006102000000c3bc"
      })
  void elementsBecomeLittleEndianBytes(String datatype, String data, String expected) {
    // When
    Tensor tensor = first(tensor(datatype, "[2]", data.replace('\'', '"')));

    // Then
    assertThat(tensor.getDatatype().name()).isEqualTo(datatype);
    assertThat(tensor.getShape()).containsExactly(2L);
    assertThat(hex(tensor.getData())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "BOOL;   1;                      true or false",
        "UINT8;  256;                    an integer from 0 to 255",
        "UINT8;  -1;                     an integer from 0 to 255",
        "UINT16; 65536;                  an integer from 0 to 65535",
        "UINT32; 4294967296;             an integer from 0 to 4294967295",
        "UINT64; 18446744073709551616;   an integer from 0 to 18446744073709551615",
        "UINT64; -1;                     an integer from 0 to 18446744073709551615",
        "INT8;   128;                    an integer from -128 to 127",
        "INT16;  32768;                  an integer from -32768 to 32767",
        "INT32;  2147483648;             an integer from -2147483648 to 2147483647",
        "INT32;  1.0;                    an integer from -2147483648 to 2147483647",
        "INT64;  9223372036854775808;    an integer from -9223372036854775808 to",
        "FP32;   1e39;                   a number in the range of a 32-bit float",
        "FP32;   '1';                    a number in the range of a 32-bit float",
        "FP64;   1e309;                  a number in the range of a 64-bit float",
        "FP64;   null;                   a number in the range of a 64-bit float",
        "BYTES;  1;                      a string of valid Unicode",
        "BYTES;  '\\ud800';              a string of valid Unicode"
      })
  void elementOutOfItsRangeIsRefused(String datatype, String element, String expected) {
    // When
    List<Violation> found =
        violations(tensor(datatype, "[1]", "[" + element.replace('\'', '"') + "]"));

    // Then
    assertThat(found)
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo("/inputs/0/data/0");
              assertThat(violation.detail()).startsWith("expected " + expected);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[2,3];   [1,2,3,4,5,6]",
        "[2,3];   [[1,2,3],[4,5,6]]",
        "[2,3,1]; [[[1],[2],[3]],[[4],[5],[6]]]",
        "[6];     [1,2,3,4,5,6]"
      })
  void flatAndNestedDataAreTheSame(String shape, String data) {
    assertThat(hex(first(tensor("UINT8", shape, data)).getData())).isEqualTo("010203040506");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {"[]; [7]; 07", "[0]; []; ``", "[2,0]; [[],[]]; ``", "[0,3]; []; ``"})
  void scalarsAndEmptyTensorsAreTensors(String shape, String data, String expected) {
    assertThat(hex(first(tensor("UINT8", shape, data)).getData())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[3];     [1,2];              /inputs/0/data;     shape [3], found 2",
        "[2,2];   [[1,2],[3]];        /inputs/0/data/1;   expected 2 items for shape [2, 2], found 1",
        "[2,2];   [[1,2]];            /inputs/0/data;     expected 2 items for shape [2, 2], found 1",
        "[2,2];   [[1,2],3];          /inputs/0/data/1;   expected an array, found an integer",
        "[2,2];   [[1,2],[3,[4]]];    /inputs/0/data/1/1; found an array",
        "[2];     [[1],[2]];          /inputs/0/data/0;   found an array",
        "[-1];    [1];                /inputs/0/shape/0;  an integer from 0 to 2147483647",
        "[1.5];   [1];                /inputs/0/shape/0;  found a number with a fraction",
        "['1'];   [1];                /inputs/0/shape/0;  found a string",
        "1;       [1];                /inputs/0/shape;    expected an array of dimensions",
        "[1];     1;                  /inputs/0/data;     expected an array, found an integer",
        "[2147483647,2147483647,2147483647]; [1]; /inputs/0/shape; at most 10000 elements",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]; [1]; /inputs/0/shape; at most 16 dimensions"
      })
  void shapeAndDataThatDoNotFitAreRefused(
      String shape, String data, String pointer, String detail) {
    // When
    List<Violation> found = violations(tensor("UINT8", shape.replace('\'', '"'), data));

    // Then
    assertThat(found)
        .first()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo(pointer);
              assertThat(violation.detail()).contains(detail);
            });
  }

  @Test
  void membersOfATensorComeInAnyOrder() throws Exception {
    // When
    Tensor tensor =
        first(
            "{\"inputs\":[{\"data\":[\"hej\"],\"shape\":[1],\"parameters\":{\"content_type\":\"str\"},"
                + "\"datatype\":\"BYTES\",\"name\":\"text\"}]}");

    // Then
    assertThat(Tensors.strings(tensor)).containsExactly("hej");
  }

  @Test
  void parametersAndOutputsAreRead() {
    // When
    InferenceRequest request =
        read(
            "{\"id\":\"mine\",\"parameters\":{\"top_k\":3,\"temperature\":0.5,\"raw\":true,\"lang\":\"sv\"},"
                + "\"outputs\":[{\"name\":\"label\",\"parameters\":{\"binary_data\":false}}],"
                + "\"inputs\":[{\"name\":\"x\",\"datatype\":\"BOOL\",\"shape\":[1],\"data\":[true]}]}");

    // Then
    assertThat(request.parameters())
        .isEqualTo(Map.of("top_k", 3L, "temperature", 0.5, "raw", true, "lang", "sv"));
    assertThat(request.outputs()).containsExactly("label");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[];                                        ``",
        "{};                                        /inputs",
        "{'inputs':{}};                             /inputs",
        "{'inputs':[]};                             /inputs",
        "{'inputs':[1]};                            /inputs/0",
        "{'inputs':[],'a/b~c':1};                   /a~1b~0c",
        "{'inputs':[],'parameters':[]};             /parameters",
        "{'inputs':[],'parameters':{'a':{}}};       /parameters/a",
        "{'inputs':[],'parameters':{'a':null}};     /parameters/a",
        "{'inputs':[],'parameters':{'a':9223372036854775808}}; /parameters/a",
        "{'inputs':[],'parameters':{'a':1e999}};    /parameters/a",
        "{'inputs':[],'outputs':{}};                /outputs",
        "{'inputs':[],'outputs':['a']};             /outputs/0",
        "{'inputs':[],'outputs':[{}]};              /outputs/0/name",
        "{'inputs':[],'outputs':[{'name':''}]};     /outputs/0/name",
        "{'inputs':[],'outputs':[{'name':'a','b':1}]}; /outputs/0/b",
        "{'inputs':[],'id':1};                      /id",
        "{'inputs':[{}]};                           /inputs/0/name",
        "{'inputs':[{}]};                           /inputs/0/datatype",
        "{'inputs':[{}]};                           /inputs/0/shape",
        "{'inputs':[{}]};                           /inputs/0/data",
        "{'inputs':[{'name':1}]};                   /inputs/0/name",
        "{'inputs':[{'datatype':'STRING'}]};        /inputs/0/datatype",
        "{'inputs':[{'datatype':'FP16'}]};          /inputs/0/datatype",
        "{'inputs':[{'typo':1}]};                   /inputs/0/typo",
        "{'inputs':[{'parameters':1}]};             /inputs/0/parameters",
        "{'inputs':[{},{},{},{},{}]};               /inputs"
      })
  void requestOfAnotherFormIsRefusedWithPointers(String body, String pointer) {
    assertThat(violations(body.replace('\'', '"')))
        .extracting(Violation::pointer)
        .contains(pointer);
  }

  private static String scheduled(String members) {
    return "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"BOOL\",\"shape\":[1],\"data\":[true]}]%s}"
        .formatted(members.replace('\'', '"'));
  }

  @Test
  void withoutOtherWordARequestIsNormalAndHasTime() {
    // When
    InferenceRequest request = read(scheduled(""));

    // Then
    assertThat(request.priority()).isEqualTo(Priority.NORMAL);
    assertThat(request.deadline()).isNull();
    assertThat(request.allowStale()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"high, HIGH", "normal, NORMAL", "low, LOW"})
  void priorityAndStaleAnswersAreRead(String name, Priority priority) {
    // When
    InferenceRequest request = read(scheduled(",'priority':'" + name + "','allow_stale':true"));

    // Then
    assertThat(request.priority()).isEqualTo(priority);
    assertThat(request.allowStale()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:15:30.001Z, 2026-11-22T10:15:30.001Z",
    "2026-11-22T12:15:31.123456789+02:00, 2026-11-22T10:15:31.123Z",
    "2026-11-22t10:15:31z, 2026-11-22T10:15:31Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
  })
  void deadlineIsATimeToCome(String text, Instant deadline) {
    assertThat(read(scheduled(",'deadline':'" + text + "'")).deadline()).isEqualTo(deadline);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'priority':'urgent';                    /priority;    expected \"high\", \"normal\" or \"low\"",
        "'priority':'HIGH';                      /priority;    expected \"high\", \"normal\" or \"low\"",
        "'priority':1;                           /priority;    found an integer",
        "'priority':null;                        /priority;    found null",
        "'deadline':'2026-11-22T10:15:30Z';      /deadline;    expected a time in the future",
        "'deadline':'2026-11-22T10:15:30.0009Z'; /deadline;    expected a time in the future",
        "'deadline':'2026-11-23';                /deadline;    expected an RFC 3339 date-time",
        "'deadline':'2026-11-23T10:15:30';       /deadline;    expected an RFC 3339 date-time",
        "'deadline':'2027-02-31T10:15:30Z';      /deadline;    expected an RFC 3339 date-time",
        "'deadline':'+99999-01-01T00:00:00Z';    /deadline;    expected an RFC 3339 date-time",
        "'deadline':1795000000;                  /deadline;    found an integer",
        "'allow_stale':'true';                   /allow_stale; expected true or false, found a string"
      })
  void schedulingOfAnotherFormIsRefused(String member, String pointer, String detail) {
    assertThat(violations(scheduled("," + member)))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo(pointer);
              assertThat(violation.detail()).contains(detail);
            });
  }

  @Test
  void affinityAndWebhookAreRead() {
    // When
    InferenceRequest request =
        read(
            scheduled(
                ",'affinity':'customer-1','webhook':{'url':'https://example.com/hook',"
                    + "'events':['job.failed','job.expired','job.failed']}"));

    // Then
    assertThat(request.affinity()).isEqualTo("customer-1");
    assertThat(request.webhook())
        .isEqualTo(
            new Webhook(
                "https://example.com/hook",
                List.of(WebhookEvent.JOB_FAILED, WebhookEvent.JOB_EXPIRED)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'affinity':'';                                     /affinity;         a string of 1 to 200",
        "'affinity':1;                                      /affinity;         found an integer",
        "'webhook':'https://e.com';                         /webhook;          an object with a url",
        "'webhook':{};                                      /webhook/url;      found nothing",
        "'webhook':{'url':'ftp://e.com'};                   /webhook/url;      https",
        "'webhook':{'url':'http://e.com/hook'};             /webhook/url;      https",
        "'webhook':{'url':1};                               /webhook/url;      found an integer",
        "'webhook':{'url':'https://e.com','x':1};           /webhook/x;        unknown member",
        "'webhook':{'url':'https://e.com','events':[]};     /webhook/events;   at least one event",
        "'webhook':{'url':'https://e.com','events':['x']};  /webhook/events/0; job.succeeded",
        "'webhook':{'url':'https://e.com','events':{}};     /webhook/events;   an array of events"
      })
  void affinityAndWebhookOfAnotherFormAreRefused(String member, String pointer, String detail) {
    assertThat(violations(scheduled("," + member)))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo(pointer);
              assertThat(violation.detail()).contains(detail);
            });
  }

  @Test
  void shapeThatPromisesTooMuchIsRefusedBeforeItsDataIsRead() {
    assertThat(violations(tensor("FP64", "[1000000000]", "[\"not even a number\"]")))
        .containsExactly(
            new Violation("/inputs/0/shape", "expected a shape of at most 10000 elements"));
  }

  @Test
  void textThatIsTooLongIsRefusedWithItsPlace() {
    // 500 characters of 2 bytes are as many as there may be.
    assertThat(first(tensor("BYTES", "[1]", "[\"" + "\u00fc".repeat(500) + "\"]"))).isNotNull();
    assertThat(violations(tensor("BYTES", "[1]", "[\"" + "\u00fc".repeat(501) + "\"]")))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.pointer()).isEqualTo("/inputs/0/data/0");
              assertThat(violation.detail()).contains("at most 1000 bytes");
            });
  }

  @Test
  void bodyThatNestsTooDeepIsMalformedWithItsPlace() {
    // When
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> read("{\"inputs\":" + "[".repeat(40)));

    // Then
    assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_JSON);
    assertThat(problem.getMessage()).contains("deeper than 32", "/inputs/0/0");
  }

  @Test
  void twoInputsOfOneNameAreRefused() {
    // Given
    String input = "{\"name\":\"x\",\"datatype\":\"BOOL\",\"shape\":[1],\"data\":[true]}";

    // When
    List<Violation> found = violations("{\"inputs\":[" + input + "," + input + "]}");

    // Then
    assertThat(found)
        .containsExactly(
            new Violation("/inputs/1/name", "expected a name that no other input has"));
  }

  @Test
  void anEndlessListOfErrorsIsCut() {
    // When
    List<Violation> found =
        violations(tensor("INT8", "[5000]", "[" + "999,".repeat(4_999) + "999]"));

    // Then
    assertThat(found).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"inputs\":[NaN]}",
        "{}{}",
        "{\"a\":1,\"a\":1}",
        "\ufeff{}",
        "{'a':1}",
        "// comment\n{}"
      })
  void whatIsNotJsonIsMalformed(String body) {
    // When
    ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body));

    // Then
    assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_JSON);
  }

  @Test
  void malformedWinsOverInvalid() {
    // When
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> read("{\"extra\":1,\n  \"inputs\":[}"));

    // Then
    assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_JSON);
    assertThat(problem.getMessage()).startsWith("Line 2, column 13: ");
  }

  @Test
  void brokenUtf8IsMalformed() {
    // Given
    byte[] body = "{\"id\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[7] = (byte) 0xC3;

    // When
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> reader.read(body));

    // Then
    assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_JSON);
  }
}
