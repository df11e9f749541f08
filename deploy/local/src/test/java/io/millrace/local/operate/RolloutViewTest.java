package io.millrace.local.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.client.ApiRollout;
import io.millrace.local.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RolloutViewTest {

  private static final Terminal PLAIN =
      new Terminal(
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), 0, false);

  @Test
  void aCanaryShowsItsStepItsEvidenceAndItsDecisionsTheOldestFirst() throws Exception {
    ApiRollout rollout =
        read(
            """
            {"model": "support-desk", "revision": 4, "phase": "canary", "step": 1, "paused": true,
             "version": "1.0.0", "candidate": "1.1.0",
             "traffic": {"version": "1.0.0", "candidate": "1.1.0", "weight": 0.25, "shadow_share": 0},
             "plan": {"shadow_share": 1, "steps": [0.05, 0.25, 0.5], "alpha": 0.05},
             "loaded": 2, "subtasks": 2, "started_at": "2026-01-01T00:00:00Z",
             "evidence": [{"metric": "error_rate", "production": {"observations": 1500, "events": 15},
               "candidate": {"observations": 520, "events": 6}, "difference": 0.0015, "lower": -0.0101,
               "upper": 0.0131, "margin": 0.01, "alpha": 0.0167, "verdict": "undecided"}],
             "history": [],
             "decisions": [
               {"revision": 4, "sequence": 2, "action": "step", "phase": "canary", "step": 1,
                "traffic": {"version": "1.0.0", "candidate": "1.1.0", "weight": 0.25,
                "shadow_share": 0}, "by": "controller", "reason": "not worse", "evidence": [],
                "decided_at": "2026-01-01T00:02:00Z"},
               {"revision": 4, "sequence": 1, "action": "shadow", "phase": "shadow", "step": -1,
                "traffic": {"version": "1.0.0", "candidate": "1.1.0", "weight": 0,
                "shadow_share": 1}, "by": "controller", "reason": "loaded", "evidence": [],
                "decided_at": "2026-01-01T00:01:00Z"}]}
            """);

    assertThat(RolloutView.lines(rollout, PLAIN))
        .startsWith(
            "support-desk, revision 4: canary 25 % (step 2 of 3), paused",
            "traffic: 1.0.0, 25 % to 1.1.0, 0 % shadowed")
        .contains(
            "error rate    15 of 1,500   6 of 520       +0.15  -1.01 to +1.31   +1.00  undecided")
        .endsWith(
            "2026-01-01T00:01:00Z  r4.1  shadow     loaded",
            "2026-01-01T00:02:00Z  r4.2  step       not worse");
    assertThat(rollout.ended()).isFalse();
  }

  @Test
  void aModelWithoutARolloutSaysWhatAnswers() throws Exception {
    ApiRollout rollout =
        read(
            """
            {"model": "support-desk", "revision": 1, "phase": "active", "step": -1,
             "paused": false, "version": "1.0.0", "candidate": null,
             "traffic": {"version": "1.0.0", "candidate": null, "weight": 0, "shadow_share": 0},
             "plan": null, "loaded": 0, "subtasks": 0, "evidence": [], "decisions": []}
            """);

    assertThat(RolloutView.lines(rollout, PLAIN))
        .containsExactly("support-desk, revision 1: active", "traffic: 1.0.0 answers everything");
  }

  private static ApiRollout read(String json) throws Exception {
    return JsonMapper.builder().build().readValue(json, ApiRollout.class);
  }
}
