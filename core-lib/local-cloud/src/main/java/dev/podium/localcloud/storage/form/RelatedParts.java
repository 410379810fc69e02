package dev.podium.localcloud.storage.form;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.state.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A body of two parts: a description, and bytes (RFC 2387). The second is read as it comes.
///
/// @param description the first part
/// @param mediaType the second one's type
/// @param media the second part
public record RelatedParts(JsonNode description, String mediaType, InputStream media) {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|'([^']{1,70})'|([^;\\s]{1,70}))");

  /// @param contentType the body's
  /// @throws Refusal 400
  public static RelatedParts of(String contentType, InputStream body) throws IOException {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw Refusal.invalid("Bad multipart body: no boundary.");
    }
    String word =
        boundary.group(1) != null
            ? boundary.group(1)
            : boundary.group(2) != null ? boundary.group(2) : boundary.group(3);
    byte[] first = ("--" + word).getBytes(StandardCharsets.ISO_8859_1);
    PushbackInputStream bytes = new PushbackInputStream(body, first.length + 2);
    new Part(bytes, first).skipAll();
    String line = lineEnd(bytes);
    byte[] mark = (line + "--" + word).getBytes(StandardCharsets.ISO_8859_1);
    headers(bytes, line);
    JsonNode description = StorageJson.read(new Part(bytes, mark));
    String headers = headers(bytes, line);
    Matcher type = Pattern.compile("(?im)^content-type:\\s*(.+?)\\s*$").matcher(headers);
    return new RelatedParts(
        description,
        type.find() ? type.group(1) : "application/octet-stream",
        new Part(bytes, mark));
  }

  /// Clients written in Python end their lines without a carriage return.
  private static String lineEnd(PushbackInputStream bytes) throws IOException {
    int next = bytes.read();
    bytes.unread(next);
    return next == '\n' ? "\n" : "\r\n";
  }

  /// What stands between a boundary and the part's bytes.
  private static String headers(InputStream bytes, String line) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(line + line)) {
      int next = bytes.read();
      if (next < 0 || read.size() > 8_192) {
        throw Refusal.invalid("Bad multipart body: a part has no end of its headers.");
      }
      read.write(next);
    }
    return read.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  /// The bytes up to a mark, which is read as well.
  private static final class Part extends FilterInputStream {
    private final PushbackInputStream bytes;
    private final byte[] mark;
    private boolean over;

    Part(PushbackInputStream bytes, byte[] mark) {
      super(bytes);
      this.bytes = bytes;
      this.mark = mark;
    }

    void skipAll() throws IOException {
      while (read() >= 0) {
        // Nothing there is of use.
      }
    }

    @Override
    public int read() throws IOException {
      if (over) {
        return -1;
      }
      int next = bytes.read();
      if (next < 0) {
        throw Refusal.invalid("Bad multipart body: it has no end.");
      }
      if (next != mark[0]) {
        return next;
      }
      byte[] rest = bytes.readNBytes(mark.length - 1);
      if (Arrays.equals(rest, 0, rest.length, mark, 1, mark.length)) {
        over = true;
        return -1;
      }
      bytes.unread(rest);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = 0;
      while (count < length) {
        int next = read();
        if (next < 0) {
          break;
        }
        into[offset + count++] = (byte) next;
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
