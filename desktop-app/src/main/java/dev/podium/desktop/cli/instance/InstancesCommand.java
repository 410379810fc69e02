package dev.podium.desktop.cli.instance;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium instances`: the fleet's VMs.
@Command(name = "instances", description = "List, create, look at and end the fleet's VMs.")
public final class InstancesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: list, create, describe, destroy, drain, hold, pin or serial");
  }
}
