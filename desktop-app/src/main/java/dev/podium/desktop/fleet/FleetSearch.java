package dev.podium.desktop.fleet;

import dev.podium.fleet.model.FleetVm;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What was typed into the search field: every word must occur somewhere in the row.
record FleetSearch(List<String> words) implements Predicate<FleetVm> {
  static FleetSearch of(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    return new FleetSearch(trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s+")));
  }

  @Override
  public boolean test(FleetVm vm) {
    if (words.isEmpty()) {
      return true;
    }
    String row =
        String.join(
                "\n",
                vm.name().value(),
                vm.health().word(),
                vm.vm().zone(),
                vm.vm().state().name(),
                vm.vm().machineType(),
                vm.vm().owner(),
                vm.vm().address().orElse(""),
                vm.verdict().reason(),
                vm.vm().labels().toString())
            .toLowerCase(Locale.ROOT);
    return words.stream().allMatch(row::contains);
  }
}
