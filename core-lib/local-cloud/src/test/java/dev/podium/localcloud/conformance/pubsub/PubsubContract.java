package dev.podium.localcloud.conformance.pubsub;

import io.grpc.StatusRuntimeException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/// Gives every test of the contract one [PubsubEndpoint] for the whole run, and at a foreign
/// endpoint turns a failed point into a named difference.
final class PubsubContract implements ParameterResolver, InvocationInterceptor {

  private static final Namespace STORE = Namespace.create(PubsubContract.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PubsubEndpoint.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return run(context).endpoint();
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    judge(invocation, method, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    judge(invocation, method, context);
  }

  private static void judge(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Run run = run(context);
    boolean strict =
        run.endpoint().ours() || method.getExecutable().isAnnotationPresent(AgentsNeedIt.class);
    try {
      invocation.proceed();
    } catch (AssertionError | StatusRuntimeException difference) {
      if (strict) {
        throw difference;
      }
      String message = Optional.ofNullable(difference.getMessage()).orElse("no message");
      String oneLine = message.strip().replaceAll("\\s+", " ");
      run.differences().add(name(method, context) + ": " + oneLine);
      throw new TestAbortedException("differs: " + oneLine, difference);
    }
  }

  private static String name(ReflectiveInvocationContext<Method> method, ExtensionContext context) {
    String point = method.getExecutable().getName().replace('_', ' ');
    // A point that is tried with several values tells which value it was.
    boolean repeated = method.getExecutable().getParameterCount() > 1;
    return repeated ? point + " (" + context.getDisplayName() + ")" : point;
  }

  private static Run run(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(
            Run.class,
            ignored -> new Run(PubsubEndpoint.open(), new CopyOnWriteArrayList<>()),
            Run.class);
  }

  /// Closed by JUnit after the last test of the run.
  private record Run(PubsubEndpoint endpoint, List<String> differences) implements AutoCloseable {

    @Override
    public void close() {
      endpoint.close();
      if (!endpoint.ours()) {
        System.out.printf(
            "Pub/Sub at %s differs from Google's documents in %d points:%n",
            endpoint.address(), differences.size());
        differences.forEach(difference -> System.out.println("  - " + difference));
      }
    }
  }
}
