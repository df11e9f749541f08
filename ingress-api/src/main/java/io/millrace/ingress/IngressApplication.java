package io.millrace.ingress;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the HTTP API alone, configured by system properties and the environment. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Millrace",
            version = "1",
            description =
                """
                Model inference as jobs: submit inputs to a model, read the result. Every accepted \
                job ends in exactly one result.

                - `/v1` is the native API; its errors are RFC 9457 problem details.
                - `/v2` is the Open Inference Protocol with its binary tensors.
                - `/v1/embeddings` is for clients of OpenAI.
                """,
            license =
                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
    servers = @Server(url = "/"),
    security = {@SecurityRequirement(name = "bearer"), @SecurityRequirement(name = "apiKey")},
    tags = {
      @Tag(name = "Jobs", description = "Submit jobs and read them."),
      @Tag(name = "Models", description = "What is registered and deployed."),
      @Tag(name = "Rollouts", description = "Candidates: how they come to answer, or not."),
      @Tag(name = "Operations", description = "Health and metrics.")
    })
@SecurityScheme(
    name = "bearer",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "An API key: `Authorization: Bearer <key>`. None is needed where keys are off.")
@SecurityScheme(
    name = "apiKey",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    paramName = "X-API-Key",
    description = "The same API key in a header of its own.")
public final class IngressApplication {

  private static final Logger log = LoggerFactory.getLogger(IngressApplication.class);

  private IngressApplication() {}

  /** Starts the server and stops it when the process is told to end. */
  public static void main(String[] arguments) {
    IngressServer server = IngressServer.start(Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "ingress-shutdown"));
    log.info("Listening on {}", server.uri());
  }
}
