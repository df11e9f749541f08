package io.millrace.kafka;

import io.millrace.schemas.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of Millrace. */
public final class Topics {

  private static final long TIMEOUT_SECONDS = 30;

  private Topics() {}

  /** With the cluster's own default replication. */
  public static List<String> create(Admin admin, Collection<Topic> topics) {
    return create(admin, topics, Optional.empty());
  }

  /**
   * Creates the topics that do not exist yet and leaves the others as they are.
   *
   * @param replication of new topics; empty for the cluster's own default
   * @return the names of those that it created
   * @throws KafkaException when the cluster refuses or does not answer in 30 s
   */
  public static List<String> create(
      Admin admin, Collection<Topic> topics, Optional<Short> replication) {
    try {
      Set<String> existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          topics.stream()
              .filter(topic -> !existing.contains(topic.name()))
              .map(topic -> definition(topic, replication))
              .toList();
      admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return missing.stream().map(NewTopic::name).toList();
    } catch (ExecutionException e) {
      // Someone else creating the same topics at the same time is as good as doing it here.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException("Cannot create the topics: " + e.getCause(), e);
      }
      return List.of();
    } catch (TimeoutException e) {
      throw new KafkaException(
          "Cannot create the topics: no answer in " + TIMEOUT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while creating the topics", e);
    }
  }

  private static NewTopic definition(Topic topic, Optional<Short> replication) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), replication)
        .configs(topic.config());
  }
}
