package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link ConsoleStack}, which takes seconds to start and ends with the last
 * test. After each test its pages are closed, and the browser must not have complained. What the
 * server logged last is printed when a test has failed: its directory goes with the stack.
 */
final class SharedConsole implements BeforeAllCallback, AfterEachCallback, ParameterResolver {

  @Override
  public void beforeAll(ExtensionContext context) {
    stack(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    context.getExecutionException().ifPresent(_ -> stack(context).printLog());
    Browser browser = stack(context).browser();
    List<String> complaints = browser.complaints();
    browser.closePages();
    browser.forgetComplaints();
    assertThat(complaints).isEmpty();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ConsoleStack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return stack(context);
  }

  private static ConsoleStack stack(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedConsole.class))
        .computeIfAbsent(ConsoleStack.class, _ -> ConsoleStack.start(), ConsoleStack.class);
  }
}
