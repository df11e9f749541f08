package io.millrace.local.chaos;

/** One kind of harm: prepares a stack, puts it under load, does the harm, judges what came out. */
interface Scenario {

  String name();

  /** What is done and what must come out, in a sentence. */
  String about();

  /** Requests of a run of the usual size. */
  int requests();

  /** Runs it in a directory of its own. */
  ScenarioReport run(ChaosContext context) throws Exception;
}
