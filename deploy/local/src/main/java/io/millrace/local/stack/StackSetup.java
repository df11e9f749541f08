package io.millrace.local.stack;

import io.millrace.kafka.Topics;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.schemas.Topic;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** What a broker needs to hold before the jobs and the API can work. */
public final class StackSetup {

  private static final int MOST_TRIES = 100;
  private static final long PAUSE_MILLIS = 100;

  private final String bootstrapServers;
  private final InstantSource clock;

  public StackSetup(String bootstrapServers, InstantSource clock) {
    this.bootstrapServers = bootstrapServers;
    this.clock = clock;
  }

  /** Creates the topics that are not there; returns when the broker shows all of them. */
  public List<Topic> createTopics() throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Topics.create(admin, Topic.ALL);
      List<String> names = Topic.ALL.stream().map(Topic::name).toList();
      // The controller has created them; the broker hears of them a moment later.
      for (int tries = 0; !admin.listTopics().names().get().containsAll(names); tries++) {
        if (tries == MOST_TRIES) {
          throw new IllegalStateException("Kafka does not show the topics that it has created");
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      return Topic.ALL;
    }
  }

  /**
   * Registers the packages of a repository and deploys models that have no deployment yet.
   *
   * @param versions of the models, which a deployment that is there goes over
   * @param terms by model; a model without any keeps those that it has
   * @return the versions that answer in production now
   */
  public List<ModelVersion> deploy(
      Path repository, List<ModelVersion> versions, Map<String, DeploymentTerms> terms)
      throws InterruptedException {
    // First, so that what is deployed is known by its signature.
    new Registrations(bootstrapServers, clock).register(new LocalModelRepository(repository));
    return new Deployments(bootstrapServers, clock).deploy(versions, terms);
  }
}
