import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/// Makes the jars of the build fit for a package:
///
/// - what is for another system or processor goes;
/// - entries are stored, not compressed: the package as a whole is compressed better than its
///   parts, and classes load sooner;
/// - classes in the form of Java 5 get the checks that newer ones carry, because a class cache
///   takes no others.
class Jars {
  /// Before this version, class files carry no maps of the stack.
  private static final int MAPPED = ClassFile.JAVA_6_VERSION;

  private Jars() {}

  /// Replaces each jar of a folder by a trimmed one; a jar that only held what is foreign goes.
  static void trim(Path folder) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    URL[] path = new URL[jars.size()];
    for (int i = 0; i < path.length; i++) {
      path[i] = jars.get(i).toUri().toURL();
    }
    try (URLClassLoader classes = new URLClassLoader(path)) {
      ClassFile newer =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(classes)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      for (Path jar : jars) {
        trim(jar, newer);
      }
    }
    for (Path jar : jars) {
      Path trimmed = jar.resolveSibling(jar.getFileName() + ".new");
      Files.delete(jar);
      if (Files.exists(trimmed)) {
        Files.move(trimmed, jar);
      }
    }
    Folders.stamp(folder);
  }

  private static void trim(Path jar, ClassFile newer) throws IOException {
    if (jar.getFileName().toString().startsWith("netty-")
        && Platform.isForeign(jar.getFileName().toString())) {
      return;
    }
    Path trimmed = jar.resolveSibling(jar.getFileName() + ".new");
    try (JarFile from = new JarFile(jar.toFile());
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(trimmed));
        ZipOutputStream to = new ZipOutputStream(file)) {
      for (JarEntry entry : from.stream().toList()) {
        String name = entry.getName();
        if (entry.isDirectory()
            || (Platform.isLibrary(name) && Platform.isForeign(name))
            || name.endsWith("module-info.class")
            || name.matches("META-INF/(maven/.*|.*\\.(SF|RSA|DSA))")) {
          continue;
        }
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        store(to, name, name.endsWith(".class") ? renewed(bytes, newer) : bytes);
      }
    } catch (ZipException broken) {
      throw new IOException(jar + " is no jar: " + broken.getMessage(), broken);
    }
  }

  private static byte[] renewed(byte[] bytes, ClassFile newer) {
    int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    if (version >= MAPPED) {
      return bytes;
    }
    ClassModel old = newer.parse(bytes);
    return newer.build(
        old.thisClass().asSymbol(),
        builder -> {
          builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          for (ClassElement element : old) {
            switch (element) {
              case ClassFileVersion _ -> {}
              // Written anew, instruction by instruction: only then are the maps made.
              case MethodModel method ->
                  builder.transformMethod(
                      method, MethodTransform.transformingCode((code, each) -> code.with(each)));
              default -> builder.with(element);
            }
          }
        });
  }

  private static void store(ZipOutputStream to, String name, byte[] bytes) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    entry.setTimeLocal(Folders.TIME.atZone(java.time.ZoneOffset.UTC).toLocalDateTime());
    to.putNextEntry(entry);
    to.write(bytes);
    to.closeEntry();
  }
}
