package dev.podium.desktop.fleet;

import dev.podium.desktop.control.Typography;
import dev.podium.fleet.model.FleetVm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The live table. Rows have a fixed height and share one property each, and nothing is sorted
/// unless somebody asks for it. Built like this, it was measured to keep sixty frames a second,
/// with ten thousand VMs and as many updates a second.
final class FleetTable extends TableView<VmRow> {
  private static final double ROW_EM = 2.3;
  private static final double CELL_PADDING_EM = 1.8;
  private static final double HEALTH_SHAPE_EM = 1.7;
  private static final int WIDTHS_LOOKED_AT = 2_000;

  private final FleetViewModel model;
  private final SortedList<VmRow> sorted;
  private boolean restoring;

  FleetTable(FleetViewModel model, Consumer<FleetVm> openChat) {
    this.model = model;
    // Before the table hears of a change: what it then does to its selection is not the person's
    // will.
    ListChangeListener<VmRow> before = change -> restoring = true;
    model.rows().addListener(before);
    this.sorted = new SortedList<>(model.rows());
    setFixedCellSize(Math.rint(ROW_EM * Typography.SIZE));
    setAccessibleText("VMs of the fleet");
    setRowFactory(table -> new FleetRow(model));
    getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    for (FleetColumn column : FleetColumn.values()) {
      getColumns().add(column(column, openChat));
    }
    // The table's own policy sorts a SortedList through a binding, which cannot be asked to sort
    // again; ours can.
    setSortPolicy(table -> {
      keepingSelection(() -> sorted.setComparator(table.getComparator()));
      return true;
    });
    setItems(sorted);
    // Requests are answered in any order; a person reads vm-1, vm-2, vm-3.
    getColumns().stream()
        .filter(column -> column.getUserData() == FleetColumn.NAME)
        .forEach(getSortOrder()::add);
    getSelectionModel().getSelectedItems().addListener(this::onSelection);
    ListChangeListener<VmRow> after = change -> afterRows();
    model.rows().addListener(after);
    model.now().subscribe(this::everySecond);
  }

  private TableColumn<VmRow, FleetVm> column(FleetColumn column, Consumer<FleetVm> openChat) {
    TableColumn<VmRow, FleetVm> shown = new TableColumn<>(column.title());
    shown.setId(column.name());
    shown.setUserData(column);
    shown.setCellValueFactory(row -> row.getValue().vmProperty());
    shown.setCellFactory(table -> new FleetCell(column, model, openChat));
    shown.setComparator(column.order(model.now()::get));
    shown.setPrefWidth(width(column, column.sample()));
    if (column.number()) {
      shown.getStyleClass().add("number");
    }
    return shown;
  }

  private static double width(FleetColumn column, String text) {
    double padding = CELL_PADDING_EM + (column == FleetColumn.HEALTH ? HEALTH_SHAPE_EM : 0);
    // A heading needs room for the arrow that says how the table is sorted.
    double heading = Typography.width(column.title()) + 1.2 * Typography.SIZE;
    return Math.max(heading, Typography.width(text)) + padding * Typography.SIZE;
  }

  private void everySecond() {
    growColumns();
    if (!getSortOrder().isEmpty() && outOfOrder()) {
      Comparator<VmRow> order = getComparator();
      keepingSelection(() -> {
        // A comparator of another identity is what makes the list sort again.
        sorted.setComparator((a, b) -> order.compare(a, b));
      });
    }
  }

  private boolean outOfOrder() {
    Comparator<VmRow> order = getComparator();
    if (order == null) {
      return false;
    }
    for (int i = 1; i < sorted.size(); i++) {
      if (order.compare(sorted.get(i - 1), sorted.get(i)) > 0) {
        return true;
      }
    }
    return false;
  }

  // Texts that name things are shown whole; a column only ever grows, so that nothing jumps.
  private void growColumns() {
    for (TableColumn<VmRow, ?> column : getColumns()) {
      FleetColumn kind = (FleetColumn) column.getUserData();
      if (kind.number() || kind == FleetColumn.HEALTH || !column.isVisible()) {
        continue;
      }
      String longest = kind.sample();
      Instant now = model.now().get();
      List<VmRow> looked = sorted.subList(0, Math.min(sorted.size(), WIDTHS_LOOKED_AT));
      for (VmRow row : looked) {
        String text = kind.text(row.vm(), now);
        if (text.length() > longest.length()) {
          longest = text;
        }
      }
      boolean marked =
          kind == FleetColumn.NAME && looked.stream().anyMatch(row -> NameMark.on(row.vm(), now));
      boolean usual = longest.equals(kind.sample()) && !marked;
      double wanted = usual ? 0 : width(kind, longest) + (marked ? NameMark.WIDTH : 0);
      if (wanted > column.getWidth()) {
        column.setPrefWidth(wanted);
      }
    }
  }

  private void onSelection(ListChangeListener.Change<? extends VmRow> change) {
    if (!restoring) {
      Set<String> ids = new HashSet<>();
      for (VmRow row : getSelectionModel().getSelectedItems()) {
        if (row != null) {
          ids.add(row.id());
        }
      }
      model.select(ids);
    }
  }

  // A changed search clears the table's selection, and rows that come and go shift it. Afterwards
  // it is put back on the VMs that it was on.
  private void afterRows() {
    restoreSelection();
    restoring = false;
  }

  private void keepingSelection(Runnable work) {
    restoring = true;
    work.run();
    afterRows();
  }

  private void restoreSelection() {
    Set<String> wanted = model.selectedIds();
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < sorted.size() && indices.size() < wanted.size(); i++) {
      if (wanted.contains(sorted.get(i).id())) {
        indices.add(i);
      }
    }
    if (!indices.equals(List.copyOf(getSelectionModel().getSelectedIndices()))) {
      getSelectionModel().clearSelection();
      indices.forEach(getSelectionModel()::select);
    }
  }

  /// Selects the rows that the model says are selected, and brings the first into sight.
  void showSelection() {
    keepingSelection(() -> {});
    getSelectionModel().getSelectedIndices().stream()
        .mapToInt(Integer::intValue)
        .min()
        .ifPresent(this::scrollTo);
  }

  /// The ids of the columns that are not shown.
  Set<String> hiddenColumns() {
    Set<String> hidden = new TreeSet<>();
    getColumns()
        .forEach(column -> {
          if (!column.isVisible()) {
            hidden.add(column.getId());
          }
        });
    return hidden;
  }

  /// Hides these columns and shows the others.
  void hideColumns(Set<String> hidden) {
    getColumns().forEach(column -> column.setVisible(!hidden.contains(column.getId())));
  }
}
