package dev.podium.wire.pulse;

import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.TextSigner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Signs one sender's pulses, and knows its own when they come back. May be used from any thread.
public final class PulseSigner {
  private final TextSigner signer;
  private final String fleet;
  private final String session;
  private final CloudClock clock;
  private final AtomicLong next = new AtomicLong();

  /// @param session this start of the sender: 1 to 64 letters, digits and hyphens
  public PulseSigner(TextSigner signer, String fleet, String session, Ticker ticker) {
    this.signer = signer;
    this.fleet = fleet;
    this.session = session;
    this.clock = new CloudClock(ticker);
  }

  /// The cloud's clock as this sender knows it.
  public CloudClock clock() {
    return clock;
  }

  /// Signs a message that is sent now. Takes about a tenth of a millisecond.
  public PulseSignature sign(String body) {
    long number = next.getAndIncrement();
    clock.sent(number);
    Instant at = clock.now().truncatedTo(ChronoUnit.MILLIS);
    String key = signer.key();
    String text = PulseSignature.text(fleet, key, session, number, at, body);
    return new PulseSignature(key, session, number, at, signer.sign(text));
  }

  /// Looks at every message that comes: an own one sets the clock.
  public void heard(PulseSignature signature, Instant published) {
    if (signature.session().equals(session) && signature.key().equals(signer.key())) {
      clock.cameBack(signature.number(), published);
    }
  }
}
