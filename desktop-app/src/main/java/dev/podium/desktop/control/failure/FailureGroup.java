package dev.podium.desktop.control.failure;

import dev.podium.desktop.control.NaturalOrder;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.CountText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Commands that were given together, one to each VM: what fails of them is told once, not once for
/// each VM. Belongs to the window's thread.
public final class FailureGroup {
  private static final int NAMES_SHOWN = 6;

  private final String done;
  private final Consumer<FailureText> tell;
  private final BiFunction<FailureText, List<Failed>, FailureText> remedy;
  private final List<Failed> failed = new ArrayList<>();
  private int undecided;
  private int failedAtLastTick;

  /// A command that failed.
  public record Failed(VmName vm, Throwable why) {}

  /// @param commands how many were given
  /// @param done what was to be done with the VMs: `pinned`
  /// @param tell told what failed, at least once if something did
  public FailureGroup(int commands, String done, Consumer<FailureText> tell) {
    this(commands, done, tell, (text, all) -> text);
  }

  /// @param remedy adds to the text what the person can do about these failures
  public FailureGroup(
      int commands,
      String done,
      Consumer<FailureText> tell,
      BiFunction<FailureText, List<Failed>, FailureText> remedy) {
    this.undecided = commands;
    this.done = done;
    this.tell = tell;
    this.remedy = remedy;
  }

  /// One of them did what it should.
  public void succeeded() {
    undecided--;
    tellOnceDecided();
  }

  /// One of them failed.
  public void failed(VmName vm, Throwable why) {
    undecided--;
    failed.add(new Failed(vm, why));
    tellOnceDecided();
  }

  private void tellOnceDecided() {
    if (undecided == 0) {
      tellNow();
    }
  }

  /// Called once a second: what failed is told although others are still under way, once no more
  /// came for a second.
  public void tick() {
    if (!failed.isEmpty() && failed.size() == failedAtLastTick) {
      tellNow();
    }
    failedAtLastTick = failed.size();
  }

  /// Whether nothing more will come.
  public boolean over() {
    return undecided == 0 && failed.isEmpty();
  }

  private void tellNow() {
    if (failed.isEmpty()) {
      return;
    }
    List<Failed> all = List.copyOf(failed);
    failed.clear();
    failedAtLastTick = 0;
    FailureText first = FailureText.of(all.getFirst().why());
    FailureText text =
        all.size() == 1
            ? first
            : new FailureText(sentence(all), first.remedy(), first.code(), details(all));
    tell.accept(remedy.apply(text, all));
  }

  // The same reason is said once, with the VMs that it is true of.
  private String sentence(List<Failed> all) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    for (Failed one : all) {
      byReason.computeIfAbsent(reason(one.why()), key -> new ArrayList<>()).add(one.vm().value());
    }
    StringBuilder text = new StringBuilder(CountText.vms(all.size()) + " were not " + done + ".");
    byReason.forEach(
        (why, names) -> text.append("\n").append(names(names)).append(": ").append(why));
    return text.toString();
  }

  private static String names(List<String> names) {
    List<String> sorted = names.stream().sorted(NaturalOrder::compare).toList();
    if (sorted.size() <= NAMES_SHOWN) {
      return String.join(", ", sorted);
    }
    int more = sorted.size() - NAMES_SHOWN + 1;
    return String.join(", ", sorted.subList(0, NAMES_SHOWN - 1)) + " and " + more + " more";
  }

  // "The VM 'a' was not destroyed: 1 person is on it" is a reason of a's alone only in its name.
  private static String reason(Throwable why) {
    String sentence = FailureText.of(why).sentence();
    int colon = why instanceof PodiumException ? sentence.indexOf(": ") : -1;
    return colon < 0 ? sentence : sentence.substring(colon + 2);
  }

  private static String details(List<Failed> all) {
    StringBuilder text = new StringBuilder();
    all.forEach(one -> text.append(FailureText.of(one.why()).details()).append('\n'));
    return text.toString();
  }
}
