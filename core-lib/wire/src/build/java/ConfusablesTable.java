import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the table of look-alikes that `dev.podium.wire.name.Confusables` reads, from Unicode's
/// own as ICU4J carries it. ICU4J itself is 15 MB and stays out of the program.
///
/// Run it when Unicode has a new version, from the root of the sources:
///
/// ```
/// ./mvnw -q -N dependency:copy -Dartifact=com.ibm.icu:icu4j:78.1 -DoutputDirectory=target
/// java -cp target/icu4j-78.1.jar core-lib/wire/src/build/java/ConfusablesTable.java \
///   core-lib/wire/src/main/resources/dev/podium/wire/name/confusables.txt
/// ```
final class ConfusablesTable {
  private static final Normalizer2 NFD = Normalizer2.getNFDInstance();
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  private ConfusablesTable() {}

  public static void main(String[] arguments) throws IOException {
    SpoofChecker unicode = new SpoofChecker.Builder().build();
    Map<String, List<Integer>> sources = new TreeMap<>();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      String one = Character.toString(codePoint);
      boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
      // Names are in form NFKC before they are compared, and taken apart for it.
      if (surrogate || !NFKC.isNormalized(one) || !NFD.isNormalized(one)) {
        continue;
      }
      String skeleton = unicode.getSkeleton(one);
      if (!skeleton.isEmpty() && !skeleton.equals(one)) {
        sources.computeIfAbsent(skeleton, same -> new ArrayList<>()).add(codePoint);
      }
    }
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(Path.of(arguments[0]), StandardCharsets.US_ASCII))) {
      VersionInfo version = UCharacter.getUnicodeVersion();
      out.print(
          "# What looks like what: a skeleton, and the characters that have it, in hexadecimal.\n");
      out.print("# From confusables.txt of Unicode " + version + " (UTS #39), as ICU4J ");
      out.print(VersionInfo.ICU_VERSION + " carries it, written by ConfusablesTable.java.\n");
      out.print("# Left out is what no name has that is in the normal forms NFKC and NFD.\n");
      out.print("# Licence: unicode-license.txt\n");
      sources.forEach((skeleton, all) ->
          out.print(hex(skeleton.codePoints().boxed().toList()) + ": " + hex(all) + "\n"));
    }
  }

  private static String hex(List<Integer> codePoints) {
    return codePoints.stream().map(Integer::toHexString).collect(Collectors.joining(" "));
  }
}
