package dev.podium.fleet.google.compute;

import com.google.api.gax.httpjson.ApiMethodDescriptor;
import com.google.api.gax.httpjson.ForwardingHttpJsonClientCall.SimpleForwardingHttpJsonClientCall;
import com.google.api.gax.httpjson.ForwardingHttpJsonClientCallListener.SimpleForwardingHttpJsonClientCallListener;
import com.google.api.gax.httpjson.HttpJsonCallOptions;
import com.google.api.gax.httpjson.HttpJsonChannel;
import com.google.api.gax.httpjson.HttpJsonClientCall;
import com.google.api.gax.httpjson.HttpJsonClientInterceptor;
import com.google.api.gax.httpjson.HttpJsonMetadata;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.cloud.CloudTicker;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Reads the date of every answer, by which the console knows the cloud's clock.
final class AnswerDates implements HttpJsonClientInterceptor {
  private static final String DATE = "date";

  private final CloudTicker ticker;

  AnswerDates(CloudTicker ticker) {
    this.ticker = ticker;
  }

  @Override
  public <I, O> HttpJsonClientCall<I, O> interceptCall(
      ApiMethodDescriptor<I, O> method, HttpJsonCallOptions options, HttpJsonChannel next) {
    return new SimpleForwardingHttpJsonClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(HttpJsonClientCall.Listener<O> listener, HttpJsonMetadata headers) {
        ClockReading asked = ClockReading.of(ticker);
        super.start(
            new SimpleForwardingHttpJsonClientCallListener<>(listener) {
              @Override
              public void onHeaders(HttpJsonMetadata answer) {
                date(answer.getHeaders()).ifPresent(date -> ticker.answered(date, asked));
                super.onHeaders(answer);
              }
            },
            headers);
      }
    };
  }

  /// The library gives a header's values as a text or as a list of them.
  private static Optional<Instant> date(Map<String, Object> headers) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(DATE))
        .map(Map.Entry::getValue)
        .map(value -> value instanceof Collection<?> all ? all.iterator().next() : value)
        .findFirst()
        .flatMap(text -> parsed(String.valueOf(text)));
  }

  static Optional<Instant> parsed(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
