package dev.podium.fleet.api.key;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;

/// Which key a request came with, for the calls that must know.
public final class Caller {
  private static final AttributeKey<ApiKey> KEY = AttributeKey.valueOf(Caller.class, "key");

  private Caller() {}

  /// Notes the key of a request that was let in.
  public static void is(ServiceRequestContext context, ApiKey key) {
    context.setAttr(KEY, key);
  }

  /// @throws IllegalStateException if the request came without a key
  public static ApiKey of(ServiceRequestContext context) {
    ApiKey key = context.attr(KEY);
    if (key == null) {
      throw new IllegalStateException("This call is open to nobody without a key");
    }
    return key;
  }
}
