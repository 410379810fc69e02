package dev.podium.agent.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Changes inputs that mean something into such that almost do. From a seed.
final class Mutation {
  private static final List<String> TOKENS =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "-1",
          "1e999",
          "\\u0000",
          "\\ud800",
          "\\udc00",
          "\0",
          "\uFEFF",
          "\u202E",
          "</script>",
          "javascript:alert(1)",
          "&lt;",
          "99999999999999999999",
          "0.5",
          "..",
          "%00",
          "\r\n",
          "e30",
          "\uD83D\uDE00");
  private static final int LONGEST = 10_000;

  private final Random random;
  private final List<byte[]> seeds;

  Mutation(long seed, List<String> seeds) {
    this.random = new Random(seed);
    this.seeds = seeds.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  byte[] next() {
    byte[] input = pick().clone();
    for (int change = random.nextInt(5); change >= 0; change--) {
      input = changed(input);
    }
    return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
  }

  private byte[] pick() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] changed(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int to = Math.min(input.length, at + random.nextInt(8));
    return switch (random.nextInt(6)) {
      case 0 -> splice(input, at, at, token());
      case 1 -> splice(input, at, to, token());
      case 2 -> splice(input, at, to, new byte[0]);
      case 3 -> splice(input, at, at, Arrays.copyOfRange(input, at, input.length));
      case 4 -> splice(input, at, input.length, tail(pick()));
      default -> {
        byte[] noise = new byte[random.nextInt(4)];
        random.nextBytes(noise);
        yield splice(input, at, to, noise);
      }
    };
  }

  private byte[] token() {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] tail(byte[] of) {
    return Arrays.copyOfRange(of, random.nextInt(of.length + 1), of.length);
  }

  private static byte[] splice(byte[] input, int from, int to, byte[] instead) {
    byte[] result = new byte[from + instead.length + input.length - to];
    System.arraycopy(input, 0, result, 0, from);
    System.arraycopy(instead, 0, result, from, instead.length);
    System.arraycopy(input, to, result, from + instead.length, input.length - to);
    return result;
  }
}
