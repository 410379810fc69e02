package dev.podium.desktop.program.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthClientTest {
  @TempDir private Path folder;

  @Test
  void the_file_of_a_desktop_client_is_read() throws IOException {
    Path file = folder.resolve("client.json");
    Files.writeString(file, "{\"installed\":{\"client_id\":\"i\",\"client_secret\":\"s\"}}");
    assertThat(OAuthClient.read(file)).isEqualTo(new OAuthClient("i", "s"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not JSON                                        | is not JSON",
        "{\"web\":{\"client_id\":\"i\"}}                  | 'Web application'",
        "{\"type\":\"service_account\"}                  | service account",
        "{\"type\":\"authorized_user\"}                  | gcloud",
        "{\"installed\":{\"client_id\":\"i\"}}            | no client of the kind 'Desktop app'",
        "[]                                              | no client of the kind 'Desktop app'",
      })
  void each_other_file_has_a_sentence_of_its_own(String text, String why) throws IOException {
    Path file = folder.resolve("client.json");
    Files.writeString(file, text);
    assertThatThrownBy(() -> OAuthClient.read(file))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_file_that_is_not_there_is_called_so() {
    assertThatThrownBy(() -> OAuthClient.read(folder.resolve("none")))
        .hasMessageContaining("There is no file");
    assertThatThrownBy(() -> OAuthClient.read(folder)).hasMessageContaining("cannot be read");
  }
}
