package dev.podium.desktop.e2e;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// A phone's camera.
final class Qr {
  private Qr() {}

  /// What the QR code in a picture says.
  ///
  /// @throws AssertionError if there is none that can be read
  static String read(byte[] png) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      int width = image.getWidth();
      int height = image.getHeight();
      int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
      RGBLuminanceSource source = new RGBLuminanceSource(width, height, pixels);
      return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
    } catch (NotFoundException none) {
      throw new AssertionError("there is no QR code in the picture", none);
    } catch (ReaderException unreadable) {
      throw new AssertionError("the QR code can not be read", unreadable);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
