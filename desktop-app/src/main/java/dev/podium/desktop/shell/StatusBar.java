package dev.podium.desktop.shell;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.HealthStyle;
import dev.podium.desktop.control.Phrases;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.fleet.FleetViewModel;
import dev.podium.desktop.fleet.FleetViewModel.Summary;
import dev.podium.desktop.signin.SignInPort.Opened;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.model.Health;
import dev.podium.wire.text.CountText;
import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The line at the window's foot: how the fleet is, how the monitor is, what it costs, whose it is.
final class StatusBar extends HBox {
  private static final int MOST_WORDS = 5;
  private static final double EXPLANATION_EM = 30;
  private static final String WATCHES =
      "When this computer last looked at the fleet. It sees the fleet well.";

  private final HBox counts = new HBox();
  private final Label people = new Label();
  private final Label cost = new Label();
  private final Label monitor = new Label();
  private final Tooltip explanation = new Tooltip(WATCHES);

  StatusBar(FleetViewModel model, Opened opened) {
    getStyleClass().add("status-bar");
    setAlignment(Pos.CENTER_LEFT);
    counts.setAlignment(Pos.CENTER_LEFT);
    counts.getStyleClass().add("counts");
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    Label operator = new Label(opened.operator());
    operator.getStyleClass().add(Styles.TEXT_MUTED);
    monitor.getStyleClass().add("monitor");
    explanation.setWrapText(true);
    explanation.setMaxWidth(EXPLANATION_EM * Typography.SIZE);
    monitor.setTooltip(explanation);
    people.getStyleClass().add(Styles.TEXT_MUTED);
    cost.getStyleClass().add(Styles.TEXT_MUTED);
    getChildren().addAll(counts, spring, monitor, people, cost, operator, badge(opened));
    getChildren().forEach(this::keepWhole);
    model.summary().subscribe(summary -> show(summary, model.known().getValue()));
    model.known().subscribe(known -> show(model.summary().get(), known));
    model.monitor().subscribe(ticked -> show(ticked, model.now().get()));
    model.now().subscribe(now -> show(model.monitor().get(), now));
  }

  private void keepWhole(javafx.scene.Node node) {
    if (node instanceof Region region && HBox.getHgrow(node) == null) {
      region.setMinWidth(USE_PREF_SIZE);
    }
  }

  private static Label badge(Opened opened) {
    Label badge = new Label(opened.badge());
    badge.getStyleClass().addAll("profile-badge", opened.local() ? "local" : "project");
    badge.setTooltip(
        new Tooltip(
            opened.local()
                ? "The local cloud on this computer: nothing costs, nothing is lost."
                : "A real project on Google Cloud: VMs cost money."));
    badge.setAccessibleText("Profile " + opened.badge());
    return badge;
  }

  private void show(Summary summary, boolean known) {
    int total = summary.byHealth().values().stream().mapToInt(Integer::intValue).sum();
    boolean unknown = total == 0 && !known;
    Label all = new Label(unknown ? "" : total == 0 ? "No VMs" : CountText.vms(total));
    all.getStyleClass().add(Styles.TEXT_BOLD);
    counts.getChildren().setAll(all);
    boolean words = summary.byHealth().size() <= MOST_WORDS;
    summary
        .byHealth()
        .forEach((health, count) -> counts.getChildren().add(count(health, count, words)));
    counts.getChildren().forEach(this::keepWhole);
    people.setText(unknown ? "" : CountText.people(summary.people()));
    cost.setText(unknown ? "" : Phrases.hourly(summary.costPerHour(), summary.pricesKnown()));
  }

  // Many states at once would push the rest off the line: then the shape stands for the word, which
  // is in the tooltip.
  private static Label count(Health health, int count, boolean words) {
    Label label = HealthStyle.label(health);
    String whole = count + " " + health.word();
    HealthStyle.show(label, health, words ? whole : "" + count);
    label.setAccessibleText(whole);
    label.setTooltip(new Tooltip(whole));
    return label;
  }

  private static String badSight(int doubt) {
    return "This computer does not see the fleet well: it slept, its own messages come back late,"
        + " the cloud’s list fails, or most VMs are silent at once. On the scale from 0, well, to 8"
        + " that is "
        + doubt
        + ". Until it sees better, Podium waits "
        + (doubt + 1)
        + " times as long before it judges a VM.";
  }

  private void show(@Nullable MonitorTicked ticked, Instant now) {
    monitor.getStyleClass().removeAll("in-doubt", Styles.TEXT_MUTED);
    if (ticked == null) {
      monitor.setText("Monitor starting");
      monitor.getStyleClass().add(Styles.TEXT_MUTED);
      return;
    }
    String checked = "Checked " + Phrases.ago(ticked.lastTick(), now);
    boolean doubts = ticked.doubt() > 0;
    monitor.setText(doubts ? checked + ", sees badly: " + ticked.doubt() + " of 8" : checked);
    String why = doubts ? badSight(ticked.doubt()) : WATCHES;
    monitor.setAccessibleHelp(why);
    explanation.setText(why);
    monitor.getStyleClass().add(doubts ? "in-doubt" : Styles.TEXT_MUTED);
  }
}
