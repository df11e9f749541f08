package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ModelEvaluation;
import io.millrace.schemas.avro.ModelMetadata;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutDecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code docs/schemas} and {@code docs/kafka.md} give to those who write their own clients.
 */
class PublishedSchemasTest {

  private static final Path DOCS = Path.of("..", "docs");

  static Stream<Schema> schemas() {
    return Stream.of(
        InferenceCommand.getClassSchema(),
        InferenceResult.getClassSchema(),
        Feedback.getClassSchema(),
        DeadLetter.getClassSchema(),
        Deployment.getClassSchema(),
        ModelMetadata.getClassSchema(),
        RolloutDecision.getClassSchema(),
        RolloutCommand.getClassSchema(),
        ModelEvaluation.getClassSchema(),
        DriftReport.getClassSchema(),
        QualityReport.getClassSchema(),
        CostReport.getClassSchema());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void theFileIsTheSchemaInOnePiece(Schema schema) throws IOException {
    // When
    Path file = DOCS.resolve("schemas").resolve(schema.getName() + ".avsc");
    Schema published = new Schema.Parser().parse(Files.readString(file));

    // Then
    assertThat(published.toString())
        .as("%s, expected:\n%s", file, withoutJava(schema.toString(true)))
        .isEqualTo(withoutJava(schema.toString()));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void thePageNamesTheFirstBytesOfARecord(Schema schema) throws IOException {
    assertThat(Files.readString(DOCS.resolve("kafka.md")))
        .contains(
            "| [`%s`](schemas/%s.avsc) | `%s` |"
                .formatted(schema.getName(), schema.getName(), firstBytes(schema)));
  }

  private static String firstBytes(Schema schema) {
    ByteBuffer header = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0xC3).put((byte) 1).putLong(SchemaNormalization.parsingFingerprint64(schema));
    return HexFormat.of().formatHex(header.array());
  }

  @Test
  void thePagesProgramsUseTheFirstBytesOfToday() throws IOException {
    // Given
    String page = Files.readString(DOCS.resolve("kafka.md"));
    Set<String> known =
        schemas().map(PublishedSchemasTest::firstBytes).collect(Collectors.toUnmodifiableSet());

    // Then
    assertThat(Pattern.compile("c301[0-9a-f]{16}").matcher(page).results().map(MatchResult::group))
        .isNotEmpty()
        .allSatisfy(hex -> assertThat(known).contains(hex));
  }

  /** Says that the generated classes have Java's strings, which is nobody else's business. */
  private static String withoutJava(String schema) {
    return schema
        .replaceAll(
            "\\{\\s*\"type\"\\s*:\\s*\"string\",\\s*\"avro.java.string\"\\s*:\\s*\"String\"\\s*}",
            "\"string\"")
        .replaceAll(",\\s*\"avro.java.string\"\\s*:\\s*\"String\"", "");
  }
}
