package dev.podium.desktop.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InviteViewModelTest {
  private static final int PIXELS_A_MODULE = 4;

  private final ScriptedFleet fleet = new ScriptedFleet();
  private final InviteViewModel model =
      new InviteViewModel(fleet, new SameThread(), Optional.empty());

  @Test
  void a_link_needs_a_name() {
    model.name().set("  ");
    model.issue();
    assertThat(fleet.invited()).isEmpty();

    model.name().set(" Ann ");
    model.issue();
    assertThat(fleet.invited()).containsExactly("Ann");
    assertThat(model.invitation().get()).isNotNull();
  }

  @Test
  void a_link_is_gone_when_the_fields_no_longer_say_the_same() {
    model.name().set("Ann");
    model.issue();
    model.name().set("Ben");
    assertThat(model.invitation().get()).isNull();
  }

  @Test
  void a_link_that_is_taken_back_leaves_the_screen_and_its_place_says_so() {
    model.takeBack();
    assertThat(fleet.takenBack()).isEmpty();
    model.name().set("Ann");
    model.issue();
    model.takeBack();
    assertThat(fleet.takenBack()).containsExactly("id-1");
    assertThat(model.invitation().get()).isNull();
    assertThat(model.takenBack().get()).contains("good no more");
    model.issue();
    assertThat(model.takenBack().get()).isEmpty();
  }

  @Test
  void a_link_that_some_vms_still_take_stays_so_that_it_can_be_tried_again() {
    fleet.cannotTell(new VmName("vm-2"));
    model.name().set("Ann");
    model.issue();
    model.takeBack();
    assertThat(model.invitation().get()).isNotNull();
    assertThat(model.takenBack().get()).contains("vm-2").endsWith("Try again.");
  }

  @Test
  void a_refusal_is_told() {
    fleet.refuse(new PodiumException.NotSignedIn("No link was made", "", "Sign in.", null));
    model.name().set("Ann");
    model.issue();
    assertThat(Objects.requireNonNull(model.refusal().get()).code()).isEqualTo("not_signed_in");
  }

  @Test
  void the_qr_code_reads_back_as_the_link() throws ReaderException {
    model.name().set("Ann");
    model.issue();
    String link = Objects.requireNonNull(model.invitation().get()).url().toString();
    assertThat(read(QrCode.of(link).orElseThrow())).isEqualTo(link);
  }

  @Test
  void a_text_too_long_for_a_code_has_none() {
    assertThat(QrCode.of("x".repeat(3_000))).isEmpty();
  }

  private static String read(QrCode code) throws ReaderException {
    int side = code.size() * PIXELS_A_MODULE;
    int[] pixels = new int[side * side];
    for (int i = 0; i < pixels.length; i++) {
      boolean dark = code.dark(i % side / PIXELS_A_MODULE, i / side / PIXELS_A_MODULE);
      pixels[i] = dark ? 0 : 0xFFFFFF;
    }
    var picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
    try {
      return new QRCodeReader().decode(picture).getText();
    } catch (NotFoundException unreadable) {
      throw unreadable;
    }
  }
}
