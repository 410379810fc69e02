package dev.podium.agent.fuzz;

import dev.podium.agent.chat.FrameTarget;
import java.util.List;

/// What inputs are thrown at.
///
/// @param main the class, as Jazzer wants it
/// @param run the same, for those without Jazzer
/// @param seeds inputs that mean something, to begin with
/// @param share of all inputs that this one gets: signing an invite takes a millisecond, reading a
///   frame some microseconds
record Target(Class<?> main, Run run, List<String> seeds, double share) {
  /// One input.
  @FunctionalInterface
  interface Run {
    void on(byte[] input) throws Exception;
  }

  @Override
  public String toString() {
    return main.getSimpleName();
  }

  private static final String NOW = "1767225600";
  private static final String CLAIMS =
      "{\"sub\":\"p1\",\"name\":\"Ann\",\"room\":\"lobby\",\"aud\":\"%s\",\"jti\":\"1\",\"iat\":"
          + NOW
          + ",\"exp\":%s}";

  static List<Target> all() {
    return List.of(
        new Target(FrameTarget.class, FrameTarget::fuzzerTestOneInput, FRAMES, 0.38),
        new Target(InviteTarget.class, InviteTarget::fuzzerTestOneInput, invites(), 0.02),
        new Target(CodeTarget.class, CodeTarget::fuzzerTestOneInput, CODES, 0.2),
        new Target(MetadataTarget.class, MetadataTarget::fuzzerTestOneInput, METADATA, 0.2),
        new Target(BusTarget.class, BusTarget::fuzzerTestOneInput, BUS, 0.2));
  }

  private static final List<String> FRAMES =
      List.of(
          "{\"t\":\"say\",\"cid\":\"d1-17\",\"text\":\"<script>alert(1)</script>\"}",
          "{\"t\":\"say\",\"cid\":\"d1-\\ud800\",\"text\":\"\\ud83d\\ude00 \\u202e\\u0000</li>\"}",
          "{\"t\":\"hello\",\"token\":\"a.b.c\",\"name\":\"Ann\",\"room\":\"lobby\",\"device\":\"d\","
              + "\"after\":\"7\"}",
          "{\"t\":\"hello\",\"code\":\"open\",\"name\":\"\\\"><img src=x onerror=alert(1)>\"}",
          "{\"t\":\"hold\",\"minutes\":30}",
          "{\"t\":\"hold\",\"minutes\":1e999}",
          "{\"t\":\"typing\"}",
          "{\"t\":\"older\",\"before\":\"17\"}",
          "{\"t\":\"bye\"}",
          "[[[[[[[[[[1]]]]]]]]]]",
          "");

  private static List<String> invites() {
    return List.of(
        "\1a.b.c",
        "\1" + InviteTarget.sign("{}").replace('E', 'F'),
        "\4" + CLAIMS.formatted("fleet:class-a", "1767229200"),
        "\4" + CLAIMS.formatted("vm:vm-a", "1767229200"),
        "\4" + CLAIMS.formatted("vm:vm-b", "99999999999999999999"),
        "\4" + CLAIMS.formatted("fleet:class-a", Long.toString(Long.MAX_VALUE)),
        "\4" + CLAIMS.formatted("fleet:class-b", "-1"));
  }

  private static final List<String> CODES =
      List.of("open sesame\0Ann\0device", "open sesame", "open\0\0", "", "OPEN SESAME\0Ann");

  private static final List<String> METADATA =
      List.of(
          "class-a\00050\0008080\0005",
          "class-a\00010000\000\00060",
          "CLASS\000-1\00065536\0000",
          "c2FsdA:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
          "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIa"
              + "aPcHURo\",\"kid\":\"k\"}]}");

  private static final List<String> BUS =
      List.of(
          "{\"t\":\"chat\",\"cid\":\"1\",\"room\":\"lobby\",\"from\":{\"id\":\"p\",\"name\":\"Ann\","
              + "\"instance\":\"vm-a\"},\"text\":\"hi\",\"at\":\"2026-01-01T00:00:00Z\"}",
          "{\"t\":\"marker\",\"vm\":\"vm-a\",\"bootId\":\"b\",\"number\":1}",
          "{\"t\":\"heartbeat\",\"vm\":\"vm-a\",\"vmId\":\"7\",\"bootId\":\"b\",\"sequence\":1,"
              + "\"url\":\"http://10.0.0.2:8080/\",\"participants\":1,\"seats\":50,\"idleSeconds\":0,"
              + "\"ready\":true,\"draining\":false,\"selfCheck\":[],"
              + "\"members\":[{\"id\":\"p\",\"name\":\"Ann\",\"room\":\"lobby\"}]}",
          "{\"t\":\"drain\",\"id\":\"1\",\"vm\":\"vm-a\",\"force\":true}",
          "{\"t\":\"drained\",\"id\":\"1\",\"vm\":\"vm-a\",\"accepted\":true,\"participants\":3}",
          "{\"t\":\"drainCancelled\",\"id\":\"1\",\"vm\":\"vm-a\"}",
          "{\"t\":\"canary\",\"console\":\"c\",\"sequence\":1}",
          "{\"t\":\"rules\",\"console\":\"c\",\"revision\":1,\"rules\":{\"target\":\"2\"},"
              + "\"key\":\"k\",\"signature\":\"s\"}",
          "{\"t\":\"seatsWanted\",\"vm\":\"vm-a\",\"waiting\":2,\"room\":\"lobby\"}",
          "{\"t\":\"announcement\",\"vm\":\"vm-a\",\"vmId\":\"7\",\"bootId\":\"b\","
              + "\"publicKey\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\",\"token\":\"a.b.c\"}",
          "{\"t\":\"keysWanted\",\"console\":\"c\",\"vms\":[\"vm-a\"]}",
          "{\"t\":\"roster\",\"console\":\"c\",\"revision\":1,\"vms\":[{\"name\":\"vm-a\","
              + "\"id\":\"7\",\"url\":\"http://10.0.0.2:8080/\",\"key\":\"k\",\"seats\":50}]}",
          "{\"t\":\"personRemoved\",\"person\":\"i-1\",\"seconds\":600}",
          "{\"t\":\"goodbye\",\"vm\":\"vm-a\",\"bootId\":\"b\"}");
}
