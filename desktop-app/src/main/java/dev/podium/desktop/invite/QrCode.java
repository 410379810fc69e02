package dev.podium.desktop.invite;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;
import java.util.Optional;

/// A QR code as squares that are dark or not, one for each module, with the quiet zone around it.
public final class QrCode {
  // Four modules of quiet zone are what the standard (ISO/IEC 18004) asks for.
  private static final int QUIET_MODULES = 4;

  private final BitMatrix modules;

  private QrCode(BitMatrix modules) {
    this.modules = modules;
  }

  /// The code for a text; none if it is too long for one (2,953 bytes).
  public static Optional<QrCode> of(String text) {
    try {
      return Optional.of(
          new QrCode(
              new QRCodeWriter()
                  .encode(
                      text,
                      BarcodeFormat.QR_CODE,
                      0,
                      0,
                      Map.of(
                          EncodeHintType.MARGIN,
                          QUIET_MODULES,
                          EncodeHintType.ERROR_CORRECTION,
                          ErrorCorrectionLevel.L))));
    } catch (WriterException tooLong) {
      return Optional.empty();
    }
  }

  /// Modules on a side.
  public int size() {
    return modules.getWidth();
  }

  /// Whether the module is dark.
  public boolean dark(int x, int y) {
    return modules.get(x, y);
  }
}
