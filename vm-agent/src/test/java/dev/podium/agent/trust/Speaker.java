package dev.podium.agent.trust;

import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.invite.InvitePublicKey;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Somebody with a key: a VM, a console, or who stole one.
public record Speaker(Ed25519KeyPair pair, PulseSigner signer) {
  public static Speaker vm(Ed25519KeyPair pair, String fleet, Ticker ticker) {
    return new Speaker(pair, new PulseSigner(TextSigner.ofVm(pair), fleet, session(), ticker));
  }

  public static Speaker vm(String fleet, Ticker ticker) {
    return vm(Ed25519KeyPair.generate(), fleet, ticker);
  }

  public static Speaker console(Ed25519KeyPair pair, String fleet, Ticker ticker) {
    TextSigner signer =
        new TextSigner() {
          @Override
          public String key() {
            return pair.publicKey().id();
          }

          @Override
          public String sign(String text) {
            return Base64Url.encode(pair.sign(TextSigner.CONSOLE + text));
          }
        };
    return new Speaker(pair, new PulseSigner(signer, fleet, session(), ticker));
  }

  public static Speaker console(String fleet, Ticker ticker) {
    return console(Ed25519KeyPair.generate(), fleet, ticker);
  }

  private static String session() {
    return UUID.randomUUID().toString();
  }

  /// What a VM of that name heard, when the cloud took it at that moment.
  public ReceivedPulse says(Pulse pulse, Instant published) {
    String body = PulseCodec.encode(pulse);
    return new ReceivedPulse(pulse, body, Optional.of(signer.sign(body)), published);
  }

  /// As it goes over the bus.
  public MessageBus.Outgoing message(Pulse pulse, String fleet) {
    String body = PulseCodec.encode(pulse);
    return message(body, signer.sign(body), fleet);
  }

  public static MessageBus.Outgoing message(String body, PulseSignature signature, String fleet) {
    Map<String, String> attributes = new HashMap<>(signature.attributes());
    attributes.put(FleetTopics.FLEET_ATTRIBUTE, fleet);
    return new MessageBus.Outgoing(body, attributes, Optional.empty());
  }

  /// The same pulse under another's key, with a signature that the other never made.
  public static ReceivedPulse forged(ReceivedPulse pulse, Speaker victim) {
    PulseSignature own = pulse.signature().orElseThrow();
    return new ReceivedPulse(
        pulse.pulse(),
        pulse.body(),
        Optional.of(
            new PulseSignature(
                victim.signer.sign("x").key(),
                own.session(),
                own.number(),
                own.at(),
                own.signature())),
        pulse.published());
  }

  /// A console's public key, as the VMs' metadata has it.
  public String keySet() {
    return "{\"keys\":[" + new InvitePublicKey(pair.publicKey(), Instant.MAX).toJwk() + "]}";
  }

  public Roster.Entry entry(String vm, String vmId, String url, int seats) {
    return new Roster.Entry(vm, vmId, url, pair.publicKey().x(), seats);
  }

  public static Pulse.Heartbeat beat(
      String vm, String vmId, long sequence, int people, List<Pulse.Member> members) {
    return new Pulse.Heartbeat(
        vm,
        vmId,
        "boot",
        sequence,
        "http://" + vm + "/",
        people,
        50,
        0,
        true,
        false,
        List.of(),
        members,
        0);
  }
}
