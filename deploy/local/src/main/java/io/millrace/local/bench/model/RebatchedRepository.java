package io.millrace.local.bench.model;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository whose packages say otherwise how they are batched.
 *
 * @param hints null for their own
 */
record RebatchedRepository(ModelRepository packages, @Nullable BatchingHints hints)
    implements ModelRepository {

  private static final int MANY_TOKENS = 1_000_000;

  /** The longest text that the sample model reads: one bucket for all. */
  private static final int LONGEST = 256;

  /** Batches of so many as they come, whatever their lengths. */
  static BatchingHints arrivalOrder(int batchSize) {
    return new BatchingHints(batchSize, MANY_TOKENS, List.of(LONGEST));
  }

  @Override
  public List<ModelVersion> list() {
    return packages.list();
  }

  @Override
  public ModelPackage open(ModelVersion version) throws ModelLoadException {
    ModelPackage found = packages.open(version);
    return hints == null
        ? found
        : new ModelPackage(found.directory(), found.manifest().withBatching(hints));
  }
}
