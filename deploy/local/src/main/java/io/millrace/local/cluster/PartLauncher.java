package io.millrace.local.cluster;

import java.io.IOException;

/** Starts the process of a part. */
interface PartLauncher {

  /** Returns when the process exists; it need not serve yet. */
  PartProcess launch(PartPlan part) throws IOException;
}
