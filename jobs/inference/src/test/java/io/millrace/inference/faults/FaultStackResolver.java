package io.millrace.inference.faults;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests of the process one {@link FaultStack}: its model takes seconds to train. */
final class FaultStackResolver implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FaultStack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(FaultStackResolver.class))
        .getOrComputeIfAbsent(FaultStack.class, type -> open(), FaultStack.class);
  }

  private static FaultStack open() {
    try {
      return FaultStack.open();
    } catch (Exception e) {
      throw new IllegalStateException("The stack for the fault tests does not start", e);
    }
  }
}
