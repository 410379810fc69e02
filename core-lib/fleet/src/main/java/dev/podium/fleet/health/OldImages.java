package dev.podium.fleet.health;

import dev.podium.fleet.model.Vm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// VMs that came from an image of an earlier release, although this one made them: they never sign
/// what they say. They count as outdated, and so are replaced when they are empty. A replacement
/// comes from the policy's image, which may be the same one. So only so many are, of one image. Not
/// for more than one thread.
final class OldImages {
  /// One shows it, and one more that the image was not made anew meanwhile.
  static final int MOST = 2;

  private final Map<String, Set<String>> replaced = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /// A VM never signs.
  ///
  /// @return what the operator is to know, if that is new
  Optional<String> found(Vm vm) {
    Set<String> ids = replaced.computeIfAbsent(vm.image(), _ -> new HashSet<>());
    if (ids.contains(vm.id())) {
      return Optional.empty();
    }
    String image = vm.image().isEmpty() ? "its image" : "the image '" + vm.image() + "'";
    String old = image + " is old: VMs made from it do not sign what they say. ";
    if (ids.size() < MOST) {
      ids.add(vm.id());
      return Optional.of(old + "This one is replaced when it is empty; build the image anew");
    }
    return told.add(vm.image())
        ? Optional.of(
            old
                + MOST
                + " were replaced by more of the same, so this one and others stay; build the image"
                + " anew")
        : Optional.empty();
  }

  /// It signs after all.
  void signs(Vm vm) {
    replaced.getOrDefault(vm.image(), new HashSet<>()).remove(vm.id());
  }

  /// The VM as the fleet is to treat it.
  Vm judged(Vm vm) {
    return replaced.getOrDefault(vm.image(), Set.of()).contains(vm.id()) ? vm.unsigned() : vm;
  }
}
