package io.millrace.inference.route;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/** Keeps the broadcast state that the step had before there were rollouts. */
final class OldRoute
    extends KeyedBroadcastProcessFunction<String, InferenceCommand, Deployment, RoutedRequest> {

  private static final long serialVersionUID = 1L;

  static KeyedTwoInputStreamOperatorTestHarness<String, InferenceCommand, Deployment, RoutedRequest>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(new OldRoute(), List.of(RouteFunction.DEPLOYMENTS)),
        InferenceCommand::getFingerprint,
        null,
        Types.STRING);
  }

  @Override
  public void processElement(
      InferenceCommand command, ReadOnlyContext context, Collector<RoutedRequest> out) {}

  @Override
  public void processBroadcastElement(
      Deployment deployment, Context context, Collector<RoutedRequest> out) throws Exception {
    context.getBroadcastState(RouteFunction.DEPLOYMENTS).put(deployment.getModel(), deployment);
  }
}
