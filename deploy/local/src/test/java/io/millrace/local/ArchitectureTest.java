package io.millrace.local;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** The layering that docs/architecture.md promises, over the classes of all modules. */
@AnalyzeClasses(packages = "io.millrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String KAFKA = "io.millrace.kafka..";
  private static final String MODELS = "io.millrace.models..";
  private static final String CACHE = "io.millrace.cache..";
  private static final String EMBEDDED = "io.millrace.embedded..";
  private static final String TRACING = "io.millrace.tracing..";
  private static final String[] ML = {"ai.djl..", "ai.onnxruntime..", "org.tribuo.."};
  private static final String FLINK = "org.apache.flink..";

  @ArchTest
  static final ArchRule KAFKA_STANDS_ALONE = apart(KAFKA, MODELS, CACHE, EMBEDDED, TRACING);

  @ArchTest
  static final ArchRule MODELS_STAND_ALONE = apart(MODELS, KAFKA, CACHE, EMBEDDED, TRACING);

  @ArchTest
  static final ArchRule CACHE_STANDS_ALONE = apart(CACHE, KAFKA, MODELS, EMBEDDED, TRACING);

  @ArchTest
  static final ArchRule EMBEDDED_STANDS_ALONE = apart(EMBEDDED, KAFKA, MODELS, CACHE, TRACING);

  @ArchTest
  static final ArchRule KAFKA_SECURITY_STANDS_ALONE =
      apart("io.millrace.security..", KAFKA, MODELS, CACHE, EMBEDDED, TRACING, FLINK);

  @ArchTest
  static final ArchRule TRACING_STANDS_ALONE =
      apart(TRACING, KAFKA, MODELS, CACHE, EMBEDDED, FLINK);

  @ArchTest
  static final ArchRule THE_SDK_OF_SPANS_IS_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRACING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry.sdk..");

  @ArchTest static final ArchRule MODELS_KNOW_NO_SPANS = apart(MODELS, "io.opentelemetry..");

  @ArchTest static final ArchRule MODELS_SEE_NO_FLINK = apart(MODELS, FLINK);

  @ArchTest static final ArchRule CACHE_SEES_NO_FLINK = apart(CACHE, FLINK);

  @ArchTest
  static final ArchRule SCHEMAS_SEE_NOTHING_OF_MILLRACE =
      classes()
          .that()
          .resideInAPackage("io.millrace.schemas..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.millrace.schemas..",
              "java..",
              "org.apache.avro..",
              // Avro brings it.
              "com.fasterxml.jackson..",
              "org.jspecify..");

  @ArchTest static final ArchRule INGRESS_SEES_NO_FLINK = apart("io.millrace.ingress..", FLINK);

  @ArchTest
  static final ArchRule INGRESS_SEES_NO_MODEL_RUNTIME =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.ingress..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ML);

  @ArchTest
  static final ArchRule INGRESS_SEES_NO_JOB =
      apart(
          "io.millrace.ingress..",
          "io.millrace.jobs..",
          "io.millrace.inference..",
          "io.millrace.webhooks..",
          "io.millrace.training..",
          "io.millrace.registry..",
          "io.millrace.evaluation..",
          MODELS,
          KAFKA,
          EMBEDDED);

  @ArchTest
  static final ArchRule WEBHOOKS_SEE_NO_INFERENCE =
      apart("io.millrace.webhooks..", "io.millrace.inference..", MODELS, EMBEDDED);

  @ArchTest
  static final ArchRule WHAT_JOBS_SHARE_SEES_NO_JOB =
      apart("io.millrace.jobs..", "io.millrace.inference..", "io.millrace.webhooks..", MODELS);

  @ArchTest
  static final ArchRule WEBHOOK_ATTEMPTS_SEE_NO_FLINK = apart("io.millrace.webhooks.send..", FLINK);

  @ArchTest
  static final ArchRule STATISTICS_SEE_THE_JDK_AND_MATHEMATICS_ALONE =
      classes()
          .that()
          .resideInAPackage("io.millrace.statistics..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.millrace.statistics..",
              "java..",
              "org.apache.commons.numbers..",
              "org.apache.commons.statistics..",
              "org.apache.datasketches..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule NOTHING_SEES_THE_COMMAND =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.millrace.local..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.millrace.local..");

  @ArchTest
  static final ArchRule MODULES_HAVE_NO_CYCLES =
      slices().matching("io.millrace.(*)..").should().beFreeOfCycles();

  /** The top package of the API wires the others together, as does what the framework generates. */
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("io.millrace.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(resideInAPackage("io.millrace.ingress"), alwaysTrue())
          .ignoreDependency(nameMatching(".*\\$(Definition|Introspection|Proxy).*"), alwaysTrue());

  @ArchTest
  static final ArchRule NO_STANDARD_STREAMS =
      noClasses()
          .should(ACCESS_STANDARD_STREAMS)
          .because("the terminal belongs to io.millrace.local.terminal, and all else is logged");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_A_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .because("a clock that is passed in can be another one in tests");

  @ArchTest
  static final ArchRule NO_JAVA_UTIL_LOGGING =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.millrace.training.HeadTrainer")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .because("logs go through SLF4J; only Tribuo, which has no other, is quieted");

  private static ArchRule apart(String packages, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
