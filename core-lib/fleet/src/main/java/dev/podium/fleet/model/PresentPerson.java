package dev.podium.fleet.model;

import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Somebody who is in the chat, wherever they are, as the VMs' last heartbeats say.
///
/// @param id the same wherever they come in with one invite, or with one name and one device
/// @param name as the others see it
/// @param rooms where they are under that name
/// @param instances the names of the VMs that they are on
public record PresentPerson(
    String id, String name, SortedSet<String> rooms, SortedSet<String> instances) {
  /// Everybody on these VMs, by [#key]. A person may have another name in another room; there they
  /// stand by that name, too.
  public static SortedMap<String, PresentPerson> on(Collection<FleetVm> vms) {
    SortedMap<String, PresentPerson> people = new TreeMap<>();
    for (FleetVm vm : vms) {
      for (Person person : vm.participants().people()) {
        PresentPerson fresh =
            new PresentPerson(person.id(), person.name(), new TreeSet<>(), new TreeSet<>());
        PresentPerson found = people.computeIfAbsent(fresh.key(), _ -> fresh);
        found.rooms().add(person.room());
        found.instances().add(vm.name().value());
      }
    }
    return people;
  }

  /// By what they are sorted: the name, and the id where two have one name.
  public String key() {
    return name + "\n" + id;
  }
}
