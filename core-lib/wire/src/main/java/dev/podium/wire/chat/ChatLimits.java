package dev.podium.wire.chat;

import dev.podium.wire.name.Confusables;
import dev.podium.wire.name.PersonNames;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a message of a room may be: the one place for both ways in. A page's frames are held to it
/// before they are published, and what Pub/Sub brings is held to it before it is shown.
///
/// Whoever may publish on the topic may put anything there. All VMs must agree on what becomes of
/// it, so each answer here depends on the message and on Pub/Sub's own word alone. Whatever an
/// honest VM publishes is within the limits. Pure; from any thread.
public final class ChatLimits {
  /// In UTF-16 units, as a browser counts. The frame's limit is in bytes and comes first for some
  /// scripts.
  public static final int LONGEST_TEXT = 4_000;

  /// Of one frame from a page, and so of the text within it, as UTF-8.
  public static final int LONGEST_FRAME_BYTES = 8 * 1024;

  /// The sender's own id for a message, in UTF-16 units.
  public static final int LONGEST_CID = 128;

  /// A participant's id, in code points.
  public static final int LONGEST_PERSON_ID = 128;

  /// A person's or a room's name as it is wanted, in code points: longer ones do not fit a phone's
  /// line.
  public static final int LONGEST_NAME = 40;

  /// How far a VM's clock may be ahead of the cloud's.
  public static final Duration CLOCK_AHEAD = Duration.ofMinutes(2);

  /// A person's name as it is shown, in code points: one that is taken gets a space and a number
  /// behind it.
  public static final int LONGEST_SHOWN_NAME = LONGEST_NAME + 11;

  /// One letter, `İ`, becomes two code points in lower case.
  private static final int LONGEST_ROOM = 2 * LONGEST_NAME;

  private static final int LONGEST_VM_NAME = 63;

  private static final Pattern ROOM =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}][\\p{L}\\p{M}\\p{N} ._-]*");

  private ChatLimits() {}

  /// What is wrong with a text.
  public enum TextFault {
    EMPTY,
    TOO_LONG
  }

  /// What is wrong with a text that somebody says; empty if nothing is.
  public static Optional<TextFault> textFault(String text) {
    if (text.isBlank()) {
      return Optional.of(TextFault.EMPTY);
    }
    boolean tooLong =
        text.length() > LONGEST_TEXT
            // No unit takes more than three bytes, so short texts need not be counted.
            || (3 * text.length() > LONGEST_FRAME_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length > LONGEST_FRAME_BYTES);
    return tooLong ? Optional.of(TextFault.TOO_LONG) : Optional.empty();
  }

  /// Whether it can be a sender's own id for a message.
  public static boolean isCid(String cid) {
    return !cid.isEmpty() && cid.length() <= LONGEST_CID;
  }

  /// Whether it can be a participant's id.
  public static boolean isPersonId(String id) {
    return isLine(id, LONGEST_PERSON_ID);
  }

  /// Whether it has the form of a room's name, after its letters were made small.
  public static boolean isRoom(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_ROOM && ROOM.matcher(name).matches();
  }

  /// A person's name as every VM shows it: in normal form, and without what nobody sees.
  ///
  /// @return empty if nothing of it can be seen
  public static String tidyName(String name) {
    return PersonNames.tidy(name, LONGEST_NAME);
  }

  /// Whether a person may be invited by that name, once it is tidy.
  public static boolean isWantedName(String name) {
    return length(name) <= LONGEST_NAME
        && name.codePoints().noneMatch(Character::isISOControl)
        && !tidyName(name).isEmpty()
        && !isReservedName(name);
  }

  /// Whether a reader takes it for the program itself speaking.
  public static boolean isReservedName(String name) {
    return Confusables.keys(name).stream().anyMatch(Reserved.KEYS::contains);
  }

  /// Whether somebody may be invited into a room of that name, in letters of any case: every VM
  /// then takes it for a room's.
  public static boolean isWantedRoom(String name) {
    return length(name) <= LONGEST_NAME
        && isRoom(Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
  }

  private static int length(String name) {
    String normal = Normalizer.normalize(name, Normalizer.Form.NFKC);
    return normal.codePointCount(0, normal.length());
  }

  /// The text as it travels: half a surrogate pair, which no character is, becomes `?`.
  public static String wellFormed(String text) {
    return isWellFormed(text)
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /// A message as every VM takes it from Pub/Sub.
  ///
  /// @param orderingKey must be the room's name: otherwise nothing says when it was said there, and
  ///   each VM would show it elsewhere
  /// @param published by the cloud's clock. It takes the place of a date that no VM can have
  ///   written: longer ago than the topic keeps messages, or more than two minutes ahead.
  /// @return empty if no VM of the fleet can have sent it: it is to be skipped
  public static Optional<ChatMessage> accept(
      ChatMessage message, Optional<String> orderingKey, Instant published) {
    ChatMessage.Sender from = message.from();
    boolean possible =
        isCid(message.cid())
            && isWellFormed(message.cid())
            && isRoom(message.room())
            && orderingKey.filter(message.room()::equals).isPresent()
            && isPersonId(from.id())
            && isShownName(from.name())
            && isLine(from.instance(), LONGEST_VM_NAME)
            && isWellFormed(message.text())
            && textFault(message.text()).isEmpty();
    return possible ? Optional.of(dated(message, published)) : Optional.empty();
  }

  /// Whether another VM may say that this is somebody's name. It is wider than what a VM lets in at
  /// its own door: a joiner may stand anywhere, so that a later release may let more of them in.
  public static boolean isShownName(String name) {
    return isLine(PersonNames.withoutJoiners(name), LONGEST_SHOWN_NAME)
        && name.codePointCount(0, name.length()) <= LONGEST_SHOWN_NAME;
  }

  private static ChatMessage dated(ChatMessage message, Instant published) {
    Instant at = message.at();
    boolean possible =
        !at.isBefore(published.minus(FleetTopics.CHAT_RETENTION))
            && !at.isAfter(published.plus(CLOCK_AHEAD));
    Instant shown = (possible ? at : published).truncatedTo(ChronoUnit.MILLIS);
    return shown.equals(at)
        ? message
        : new ChatMessage(message.cid(), message.room(), message.from(), message.text(), shown);
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(ChatLimits::isHalf);
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /// One line, of which all can be seen: nothing that breaks it or turns its reading direction.
  private static boolean isLine(String text, int mostCodePoints) {
    return !text.isEmpty()
        && text.length() <= 2 * mostCodePoints
        && text.codePointCount(0, text.length()) <= mostCodePoints
        && text.codePoints().noneMatch(ChatLimits::isUnseen);
  }

  private static boolean isUnseen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /// Names that nobody has: what they say would pass for a notice of the chat's own. Worked out
  /// when the first person comes.
  private static final class Reserved {
    private static final Set<String> KEYS =
        Stream.of("Podium", "system")
            .flatMap(name -> Confusables.keys(name).stream())
            .collect(Collectors.toUnmodifiableSet());
  }
}
